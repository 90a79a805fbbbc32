import { ClipboardCopy, FileText, FolderOpen, Keyboard, Search } from 'lucide-react';
import { textsNow } from '../../../shared/texts/index.ts';
import { operatorGuides, operatorNames } from '../../../shared/query/operators.ts';
import type { CommandId } from '../../../shared/commands/commands.ts';
import { useSystemReport } from '../../api/system-report.ts';
import { runCommand } from '../../commands/deeds.ts';
import { useSaidKeys } from '../../commands/said-keys.ts';
import { Button } from '../../components/button.tsx';
import { Placeholder } from '../../components/facts.tsx';
import { Page, Section } from '../../components/page.tsx';
import { addressOf } from '../../navigation/place.ts';
import { useTexts } from '../../text/use-texts.ts';
import type { Texts } from '../../../shared/texts/index.ts';
import './help-page.css';

/** Queries of words, and what they find; those of filters come from the filters themselves. */
const examplesIn = (texts: Texts) => [
  texts.help.queries.about,
  texts.help.queries.phrase,
  texts.help.queries.without,
  texts.help.queries.beginning,
  texts.help.queries.together,
];

const firstKeys = [
  'search.go',
  'memory.new',
  'app.commands',
  'help.shortcuts',
  'edit.undo',
  'go.nextPane',
] as const satisfies readonly CommandId[];

/** What one needs to know, without leaving the app. */
export function HelpPage() {
  const texts = useTexts();
  const saidKeys = useSaidKeys();
  return (
    <Page title={texts.help.title}>
      <div className="help">
        <Section title={texts.help.finding}>
          <p className="help__text">{texts.help.findingText}</p>
          <Queries rows={examplesIn(texts)} label={texts.help.examples} />
          <h3 className="help__title">{texts.help.filters}</h3>
          <p className="help__text">{texts.help.filtersText}</p>
          <Queries
            rows={operatorNames.map((name) => ({
              query: operatorGuides[name].example(textsNow()),
              meaning: operatorGuides[name].meaning(textsNow()),
            }))}
            label={texts.help.filters}
          />
        </Section>
        <Section title={texts.help.keyboard}>
          <dl className="help__keys">
            {firstKeys.map((id) => {
              const keys = saidKeys(id);
              return (
                <div key={id}>
                  <dt>{texts.help.keys[id]}</dt>
                  <dd>{keys === undefined ? texts.help.noKeys : <kbd>{keys}</kbd>}</dd>
                </div>
              );
            })}
          </dl>
          <div className="help__deeds">
            <Deed id="help.shortcuts" icon={Keyboard} label={texts.help.allShortcuts} />
            <Deed id="app.commands" icon={Search} label={texts.help.allCommands} />
          </div>
        </Section>
        <Section title={texts.help.where}>
          <Where />
        </Section>
        <Section title={texts.help.trouble}>
          <dl className="help__cases">
            {casesIn(texts).map(({ what, answer }) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>{answer}</dd>
              </div>
            ))}
          </dl>
          <p className="help__text">{texts.help.diagnosticsText}</p>
          <div className="help__deeds">
            <Deed
              id="help.diagnostics"
              icon={ClipboardCopy}
              label={texts.commands.titles['help.diagnostics']}
            />
            <Deed id="help.logs" icon={FileText} label={texts.actions.showLogs} />
          </div>
        </Section>
      </div>
    </Page>
  );
}

const casesIn = (texts: Texts) => [
  texts.help.cases.deleted,
  texts.help.cases.changed,
  texts.help.cases.stopped,
  texts.help.cases.wordsOnly,
  texts.help.cases.diskFull,
  texts.help.cases.notOpening,
];

function Where() {
  const texts = useTexts();
  const { report } = useSystemReport();
  return (
    <>
      <p className="help__text">{texts.help.whereText}</p>
      <p className="help__path">
        {report ? <code dir="ltr">{report.library.location}</code> : <Placeholder width="long" />}
      </p>
      <div className="help__deeds">
        <Deed id="help.libraryFolder" icon={FolderOpen} label={texts.actions.showLibraryFolder} />
      </div>
    </>
  );
}

function Deed({ id, icon, label }: { id: CommandId; icon: typeof Search; label: string }) {
  return (
    <Button icon={icon} onClick={() => runCommand(id)}>
      {label}
    </Button>
  );
}

interface QueriesProps {
  readonly label: string;
  readonly rows: readonly { readonly query: string; readonly meaning: string }[];
}

function Queries({ label, rows }: QueriesProps) {
  return (
    <ul className="help__queries" aria-label={label}>
      {rows.map(({ query, meaning }) => (
        <li key={query}>
          <a href={addressOf({ view: { kind: 'memories' }, q: query })} draggable={false}>
            <code>{query}</code>
          </a>
          <span>{meaning}</span>
        </li>
      ))}
    </ul>
  );
}
