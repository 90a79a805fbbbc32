/** How to use an adapter, and what to know before. What commands and files are called stays as it is. */
const merge = 'Merge it into its base model, as below.';

export const recipes = {
  save: 'Save the recipe',
  unwritable: 'The file could not be written there. Choose another place.',
  missing: 'Its file is not where it was: locate it first.',
  noBase: (blank: string) =>
    `It does not say which model it is for: put the model’s name in the place of ${blank}.`,
  oddBase: (name: string) =>
    `It calls its base model “${name}”: you may have to write out where that is to be had.`,
  forImages: 'This is an adapter for images, which runs with Diffusers, ComfyUI and the like.',
  imageNames: 'Its tensors are named in the way of image models; no runtime for language models reads them.',
  llama: {
    base: (blank: string) => `Put where the base model lies, as GGUF, in the place of ${blank}.`,
    convert: 'llama.cpp reads GGUF: convert it once, as below.',
    comma: 'There is a comma in its path, which llama.cpp takes for the end of it: move or rename it first.',
    dora: `The format of llama.cpp has no place for the magnitudes of DoRA. ${merge}`,
    wholeWeights: `It has whole weights besides its factors, which are lost on the way to GGUF. ${merge}`,
    alphas: `Its modules have different alphas, and GGUF has only one. ${merge}`,
    stabilized: `It is rank-stabilized with different ranks, which GGUF cannot say. ${merge}`,
    noFolder: `The converter reads a folder with adapter_config.json and adapter_model.safetensors, which this is not. ${merge}`,
  },
  ollama: {
    path: 'A Modelfile cannot say the path of this adapter: rename the folder it is in.',
    noConfig: 'The adapter_config.json that MLX writes beside it is missing.',
    mlx: 'Of MLX, Ollama reads adapters for Llama and Gemma 2 alone. Use it with mlx_lm.',
    convert:
      'Ollama reads safetensors adapters for Llama, Mistral and Gemma 2 alone: convert this one once, as below, with the converter of llama.cpp.',
    stabilized: `It is rank-stabilized, which Ollama does not know: it would act too weakly. ${merge}`,
    unknown: (base: string, blank: string) =>
      `Loci does not know what Ollama calls “${base}”: put that, or the path of the model, in the place of ${blank}.`,
    chat: (tag: string) =>
      `Ollama’s ${tag} has been trained to chat. If the adapter was made for the plain model, take one whose tag says “text” or “base”.`,
  },
  peft: {
    alpha: 'Nothing says its alpha: the rank is taken for it, which may be too little or too much.',
    noFolder:
      'PEFT reads a folder with adapter_config.json and adapter_model.safetensors, which this is not: the script puts it together itself.',
    gguf: 'PEFT does not read GGUF: it needs the adapter this was made from.',
    mlx: (reader: string) =>
      `MLX stores its matrices the other way round; ${reader} does not read them. Use it with mlx_lm, or in Ollama.`,
    ranks: 'Its modules have different ranks, and the adapter_config.json that would name them is missing.',
  },
  vllm: {
    gguf: 'vLLM does not read adapters in GGUF: it needs the one this was made from.',
    dora: `vLLM does not serve DoRA. ${merge}`,
    wholeWeights: `vLLM takes no adapter that brings whole weights (modules_to_save). ${merge}`,
    mixed: `vLLM scales all modules alike, and these have different ranks or alphas. ${merge}`,
    rank: (most: number) => `vLLM serves ranks up to ${most}, and this has more. ${merge}`,
    noFolder: `vLLM reads a folder with adapter_config.json and adapter_model.safetensors, which this is not. ${merge}`,
  },
};
