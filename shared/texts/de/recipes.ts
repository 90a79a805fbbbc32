import type { recipes as english } from '../en/recipes.ts';
import type { TextsOf } from '../texts-of.ts';

const merge = 'Verschmilz den Adapter mit seinem Basismodell, wie unten.';

export const recipes: TextsOf<typeof english> = {
  save: 'Rezept sichern',
  unwritable: 'Dort ließ sich die Datei nicht schreiben. Wähle einen anderen Ort.',
  missing: 'Die Datei ist nicht mehr an ihrem Ort: Zeig Loci zuerst, wo sie jetzt ist.',
  noBase: (blank) =>
    `Der Adapter sagt nicht, für welches Modell er ist: Setz dessen Namen anstelle von ${blank} ein.`,
  oddBase: (name) =>
    `Der Adapter nennt sein Basismodell „${name}“: Vielleicht musst du ausschreiben, wo es zu finden ist.`,
  forImages: 'Das ist ein Adapter für Bilder; er läuft mit Diffusers, ComfyUI und Ähnlichem.',
  imageNames: 'Die Tensoren heißen wie bei Bildmodellen; keine Laufzeit für Sprachmodelle kann sie lesen.',
  llama: {
    base: (blank) => `Setz anstelle von ${blank} ein, wo das Basismodell als GGUF liegt.`,
    convert: 'llama.cpp liest GGUF: Wandle den Adapter einmal um, wie unten.',
    comma:
      'Im Pfad steht ein Komma, das llama.cpp für dessen Ende hält: Verschieb den Adapter oder benenne seinen Ordner um.',
    dora: `Im Format von llama.cpp ist kein Platz für die Beträge von DoRA. ${merge}`,
    wholeWeights: `Neben den Faktoren enthält er ganze Gewichte, die auf dem Weg zu GGUF verloren gehen. ${merge}`,
    alphas: `Die Module haben verschiedene Alphas, GGUF hat nur eines. ${merge}`,
    stabilized: `Er ist rangstabilisiert bei verschiedenen Rängen, was GGUF nicht ausdrücken kann. ${merge}`,
    noFolder: `Der Umwandler liest einen Ordner mit adapter_config.json und adapter_model.safetensors, und das ist keiner. ${merge}`,
  },
  ollama: {
    path: 'Der Pfad dieses Adapters lässt sich in einem Modelfile nicht schreiben: Benenne den Ordner um, in dem er liegt.',
    noConfig: 'Die adapter_config.json, die MLX daneben schreibt, fehlt.',
    mlx: 'Von MLX liest Ollama nur Adapter für Llama und Gemma 2. Verwende diesen mit mlx_lm.',
    convert:
      'Ollama liest safetensors-Adapter nur für Llama, Mistral und Gemma 2: Wandle diesen einmal um, wie unten, mit dem Umwandler von llama.cpp.',
    stabilized: `Er ist rangstabilisiert, was Ollama nicht kennt: Er würde zu schwach wirken. ${merge}`,
    unknown: (base, blank) =>
      `Loci weiß nicht, wie „${base}“ bei Ollama heißt: Setz das oder den Pfad des Modells anstelle von ${blank} ein.`,
    chat: (tag) =>
      `${tag} von Ollama wurde zum Chatten trainiert. Wurde der Adapter für das schlichte Modell gemacht, nimm eines, in dessen Tag „text“ oder „base“ steht.`,
  },
  peft: {
    alpha:
      'Das Alpha steht nirgends: Statt seiner wird der Rang genommen, was zu wenig oder zu viel sein kann.',
    noFolder:
      'PEFT liest einen Ordner mit adapter_config.json und adapter_model.safetensors, und das ist keiner: Das Skript setzt ihn selbst zusammen.',
    gguf: 'PEFT liest kein GGUF: Es braucht den Adapter, aus dem dieser gemacht wurde.',
    mlx: (reader) =>
      `MLX legt seine Matrizen andersherum ab; ${reader} liest sie nicht. Verwende den Adapter mit mlx_lm oder in Ollama.`,
    ranks: 'Die Module haben verschiedene Ränge, und die adapter_config.json, in der sie stünden, fehlt.',
  },
  vllm: {
    gguf: 'vLLM liest keine Adapter in GGUF: Es braucht den, aus dem dieser gemacht wurde.',
    dora: `vLLM kann DoRA nicht ausführen. ${merge}`,
    wholeWeights: `vLLM nimmt keinen Adapter, der ganze Gewichte mitbringt (modules_to_save). ${merge}`,
    mixed: `vLLM skaliert alle Module gleich, und diese haben verschiedene Ränge oder Alphas. ${merge}`,
    rank: (most) => `vLLM nimmt Ränge bis ${most}, und dieser hat mehr. ${merge}`,
    noFolder: `vLLM liest einen Ordner mit adapter_config.json und adapter_model.safetensors, und das ist keiner. ${merge}`,
  },
};
