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
import './help-page.css';

/** Queries of words, and what they find; those of filters come from the filters themselves. */
const examples = [
  { query: 'how to keep roses healthy', meaning: 'Memories about it, whatever their words' },
  { query: '"drip line"', meaning: 'These words, next to each other' },
  { query: 'garden -roses', meaning: 'Without this word' },
  { query: 'gard*', meaning: 'Words that begin so' },
  { query: 'tag:garden after:"last year" importance:>0.5', meaning: 'Filters together' },
] as const;

const firstKeys = [
  'search.go',
  'memory.new',
  'app.commands',
  'help.shortcuts',
  'edit.undo',
  'go.nextPane',
] as const satisfies readonly CommandId[];

const keyWords: Readonly<Record<(typeof firstKeys)[number], string>> = {
  'search.go': 'Search',
  'memory.new': 'Write down something new',
  'app.commands': 'Everything that can be done, by name',
  'help.shortcuts': 'All shortcuts',
  'edit.undo': 'Take back what was done last',
  'go.nextPane': 'From the sidebar to the list to the memory',
};

/** What one needs to know, without leaving the app. */
export function HelpPage() {
  const saidKeys = useSaidKeys();
  return (
    <Page title="Help">
      <div className="help">
        <Section title="Finding things">
          <p className="help__text">
            Say what you look for in your own words. Loci finds it by what it means and by its words, and says
            of each hit why it is there. Any of these can be pressed to see what it does:
          </p>
          <Queries rows={examples} label="Examples of searches" />
          <h3 className="help__title">Filters</h3>
          <p className="help__text">Put a minus before one to leave out what it finds.</p>
          <Queries
            rows={operatorNames.map((name) => ({
              query: operatorGuides[name].example,
              meaning: operatorGuides[name].meaning(textsNow()),
            }))}
            label="Filters"
          />
        </Section>
        <Section title="By keyboard">
          <dl className="help__keys">
            {firstKeys.map((id) => {
              const keys = saidKeys(id);
              return (
                <div key={id}>
                  <dt>{keyWords[id]}</dt>
                  <dd>{keys === undefined ? 'no keys' : <kbd>{keys}</kbd>}</dd>
                </div>
              );
            })}
          </dl>
          <div className="help__deeds">
            <Deed id="help.shortcuts" icon={Keyboard} label="All shortcuts" />
            <Deed id="app.commands" icon={Search} label="All commands" />
          </div>
        </Section>
        <Section title="Where your memories are">
          <Where />
        </Section>
        <Section title="When something goes wrong">
          <dl className="help__cases">
            {cases.map(({ what, answer }) => (
              <div key={what}>
                <dt>{what}</dt>
                <dd>{answer}</dd>
              </div>
            ))}
          </dl>
          <p className="help__text">
            Diagnostics hold versions, sizes and counts. They hold nothing that you wrote, and nothing is
            sent: they are copied, and you decide who sees them.
          </p>
          <div className="help__deeds">
            <Deed id="help.diagnostics" icon={ClipboardCopy} label="Copy diagnostics" />
            <Deed id="help.logs" icon={FileText} label="Show log files" />
          </div>
        </Section>
      </div>
    </Page>
  );
}

const cases = [
  {
    what: 'Something was deleted by mistake',
    answer: 'Undo brings it back at once. Later it is in the trash, for as long as the settings say.',
  },
  {
    what: 'A text was changed and should be as before',
    answer: 'Open the memory and its history: every earlier text is there and can be brought back.',
  },
  {
    what: 'Loci, or the computer, stopped while you were writing',
    answer: 'What you typed was kept up to half a second before. It is there when Loci starts again.',
  },
  {
    what: 'A search finds by words only',
    answer:
      'The model that knows meanings is still loading, or cannot be used. Status says which, and what to do.',
  },
  {
    what: 'The disk is full',
    answer:
      'What is saved stays safe. Make room, or empty the trash: Loci goes on by itself as soon as there is some.',
  },
  {
    what: 'The library does not open',
    answer:
      'The screen says what is in the way. Try again there; the log files say more. Do not delete the library folder: it holds your memories.',
  },
] as const;

function Where() {
  const { report } = useSystemReport();
  return (
    <>
      <p className="help__text">
        On this computer and nowhere else, in a database in this folder. Loci never goes online. To keep a
        copy, close Loci and copy the whole folder.
      </p>
      <p className="help__path">
        {report ? <code dir="ltr">{report.library.location}</code> : <Placeholder width="long" />}
      </p>
      <div className="help__deeds">
        <Deed id="help.libraryFolder" icon={FolderOpen} label="Show library folder" />
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
