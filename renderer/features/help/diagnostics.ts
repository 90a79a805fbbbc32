import { reasonOf } from '../../api/failure-words.ts';
import { loci } from '../../api/loci.ts';
import { tell } from '../../components/toasts.tsx';
import { diagnosticsText, type Facts } from './diagnostics-text.ts';

async function gather(): Promise<Facts> {
  const [report, reading, overview, { jobs }, settings] = await Promise.all([
    loci.app.report(),
    loci.embeddings.progress(),
    loci.overview.read(),
    loci.jobs.list({ limit: 20 }),
    loci.settings.get(),
  ]);
  const { memories, trash, tags, sessionCount, savedSearches } = overview;
  return {
    report,
    reading,
    counts: {
      Memories: memories,
      'In the trash': trash,
      Tags: tags.length,
      Sessions: sessionCount,
      'Saved searches': savedSearches.length,
    },
    jobs,
    settings,
    system: navigator.userAgent,
  };
}

export async function copyDiagnostics(): Promise<void> {
  try {
    await navigator.clipboard.writeText(diagnosticsText(await gather()));
    tell({ words: (texts) => texts.help.diagnosticsCopied });
  } catch (error) {
    tell({ words: (texts) => texts.help.diagnosticsNotCopied(reasonOf(error)), tone: 'danger' });
  }
}
