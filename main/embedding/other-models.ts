import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import onnxProto from 'onnx-proto';
import { builtModelDir } from './testing.ts';

const { onnx } = onnxProto;
const onnxName = 'onnx/model_quantized.onnx';

export interface OtherModel extends Disposable {
  readonly folder: string;
}

/**
 * For tests: a real model of another dimension, as somebody else would have it, without a manifest: the one that ships
 * with its vectors projected to fewer numbers, always in the same way.
 */
export function makeOtherModel(name: string, dimension: number): OtherModel {
  return makeModel(name, (model) => {
    const graph = graphOf(model);
    const [output] = graph.output ?? [];
    const width = Number(output?.type?.tensorType?.shape?.dim?.[1]?.dimValue);
    if (!output || !graph.node || !graph.initializer) throw new Error('The model is not what it was.');
    for (const node of graph.node) if (node.output?.[0] === output.name) node.output = ['wide_embedding'];
    graph.initializer.push({
      name: 'projection',
      dims: [width, dimension],
      dataType: onnx.TensorProto.DataType.FLOAT,
      rawData: new Uint8Array(Float32Array.from({ length: width * dimension }, scatteredOne).buffer),
    });
    graph.node.push(
      { opType: 'MatMul', input: ['wide_embedding', 'projection'], output: ['narrow_embedding'] },
      {
        opType: 'LpNormalization',
        input: ['narrow_embedding'],
        output: [output.name ?? ''],
        attribute: [
          { name: 'axis', type: onnx.AttributeProto.AttributeType.INT, i: -1 },
          { name: 'p', type: onnx.AttributeProto.AttributeType.INT, i: 2 },
        ],
      },
    );
    const [, columns] = output.type?.tensorType?.shape?.dim ?? [];
    if (columns) columns.dimValue = dimension;
  });
}

/** For tests: the model that ships as a plain conversion has it, which gives tokens and leaves the rest to others. */
export function makeTokenModel(name: string): OtherModel {
  return makeModel(name, (model) => {
    const graph = graphOf(model);
    graph.output = graph.output?.filter((output) => output.name === 'last_hidden_state') ?? [];
  });
}

type Model = onnxProto.onnx.IModelProto;

function makeModel(name: string, change: (model: Model) => void): OtherModel {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'loci-other-model-'));
  const folder = path.join(scratch, name);
  fs.cpSync(builtModelDir, folder, { recursive: true });
  fs.rmSync(path.join(folder, 'manifest.json'));
  const model = onnx.ModelProto.decode(fs.readFileSync(path.join(folder, onnxName)));
  change(model);
  fs.writeFileSync(path.join(folder, onnxName), onnx.ModelProto.encode(model).finish());
  return { folder, [Symbol.dispose]: () => fs.rmSync(scratch, { recursive: true, force: true }) };
}

function graphOf(model: Model): onnxProto.onnx.IGraphProto {
  if (!model.graph) throw new Error('There is no graph in the model.');
  return model.graph;
}

/** 1 or -1, as if by chance. */
function scatteredOne(_: unknown, i: number): number {
  let hash = Math.imul(i + 1, 0x9e3779b1);
  hash = Math.imul(hash ^ (hash >>> 15), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) & 1) === 0 ? 1 : -1;
}
