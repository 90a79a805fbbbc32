import { inWords } from '../../../shared/texts/told.ts';
import { textsNow } from '../../../shared/texts/index.ts';
import { useTexts } from '../../text/use-texts.ts';
import { FolderInput, FolderSearch, HardDriveDownload } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import type { AdapterCandidate } from '../../../shared/schemas/adapter.ts';
import type { Specialization } from '../../../shared/schemas/specialization.ts';
import { formFailure, type FormFailure } from '../../api/failure-words.ts';
import { Button } from '../../components/button.tsx';
import { Choice } from '../../components/choice.tsx';
import { showDialog } from '../../components/dialog-host.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Facts } from '../../components/facts.tsx';
import { Notice } from '../../components/notice.tsx';
import { TextField } from '../../components/text-field.tsx';
import { formatBytes } from '../../text/quantities.ts';
import { offerUndo } from '../undo/undo.ts';
import { addOne, giveAdapter, type Keeping } from './adding.ts';
import './add-dialog.css';
import { formatInWords, refusalTitle, specializationsInWords } from './adapter-words.ts';

export interface Offered {
  readonly candidate: AdapterCandidate;
  /** Looks through the folder it is, if it is one. */
  readonly lookThrough?: (() => Promise<void>) | undefined;
}

interface AddDialogProps extends Offered {
  /** One that has no adapter yet, or gets another. */
  readonly to?: Pick<Specialization, 'id' | 'name' | 'version'> | undefined;
  readonly onAdded: (id: string) => void;
  readonly onClose: () => void;
}

export function showAddDialog(offered: Offered & Pick<AddDialogProps, 'to' | 'onAdded'>): void {
  showDialog((close) => <AddDialog {...offered} onClose={close} />);
}

/** What was chosen, and how it is to be kept; or why it is not taken, and what to do. */
function AddDialog({ candidate, lookThrough, to, onAdded, onClose }: AddDialogProps) {
  const texts = useTexts();
  const { inspection } = candidate;
  if (!inspection.ok) {
    const { reason, message } = inspection.refusal;
    const hasMore = lookThrough && (reason === 'no-adapter' || reason === 'several-adapters');
    return (
      <Dialog title={refusalTitle(reason)} onClose={onClose}>
        {(close) => (
          <div className="add-dialog">
            <p className="dialog__text">{message}</p>
            <div className="dialog__actions">
              {hasMore && (
                <Button
                  tone="primary"
                  icon={FolderSearch}
                  onClick={() => {
                    close();
                    void lookThrough();
                  }}
                >
                  {texts.specializations.add.lookThrough}
                </Button>
              )}
              <Button onClick={close}>{texts.specializations.add.close}</Button>
            </div>
          </div>
        )}
      </Dialog>
    );
  }
  return (
    <Dialog
      title={to ? texts.specializations.add.give(to.name) : texts.specializations.add.title}
      onClose={onClose}
    >
      {(close) => (
        <AddForm candidate={candidate} report={inspection.report} to={to} onAdded={onAdded} close={close} />
      )}
    </Dialog>
  );
}

interface AddFormProps extends Pick<AddDialogProps, 'candidate' | 'to' | 'onAdded'> {
  readonly report: Extract<AdapterCandidate['inspection'], { ok: true }>['report'];
  readonly close: () => void;
}

function AddForm({ candidate, report, to, onAdded, close }: AddFormProps) {
  const texts = useTexts();
  const [name, setName] = useState(candidate.name);
  const [domain, setDomain] = useState('');
  const [keep, setKeep] = useState<Keeping>('reference');
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<FormFailure<'name' | 'domain'>>({ fields: {} });
  const canAdd = to !== undefined || name.trim() !== '';
  const { token } = candidate;

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    if (!canAdd || isBusy) return;
    setBusy(true);
    setFailure({ fields: {} });
    try {
      if (to) {
        offerUndo(
          () => textsNow().specializations.add.gave(to.name),
          await giveAdapter(token, keep, to),
          specializationsInWords,
        );
        close();
        onAdded(to.id);
        return;
      }
      const { id, undoIds } = await addOne(token, keep, { name: name.trim(), domain });
      offerUndo(() => textsNow().specializations.add.added(name.trim()), undoIds, specializationsInWords);
      close();
      onAdded(id);
    } catch (error) {
      setFailure(formFailure(error, ['name', 'domain'], to ? undefined : 'name'));
      setBusy(false);
    }
  }

  return (
    <form className="dialog__form" noValidate onSubmit={(event) => void submit(event)}>
      <div className="add-dialog__what">
        <Facts
          facts={[
            { name: texts.specializations.add.format, value: formatInWords(report) },
            {
              name: texts.specializations.add.for,
              value:
                report.baseModel === null ? texts.specializations.add.notSaid : <bdi>{report.baseModel}</bdi>,
            },
            { name: texts.specializations.add.size, value: formatBytes(report.fileSizeBytes) },
          ]}
        />
        <p className="add-dialog__verdict">{inWords(report.verdict.message)}</p>
      </div>
      {!to && (
        <>
          <TextField
            label={texts.specializations.add.name}
            value={name}
            onChange={setName}
            failure={failure.fields.name}
            maxLength={200}
            onFocus={(event) => event.target.select()}
          />
          <TextField
            label={texts.specializations.add.goodFor}
            note={texts.specializations.add.optional}
            placeholder={texts.specializations.add.goodForExample}
            value={domain}
            onChange={setDomain}
            failure={failure.fields.domain}
            maxLength={200}
          />
        </>
      )}
      <KeepingChoice keep={keep} onChange={setKeep} sizeBytes={report.fileSizeBytes} />
      {failure.form !== undefined && <Notice tone="danger" title={failure.form} />}
      <div className="dialog__actions">
        <Button type="submit" tone="primary" aria-disabled={!canAdd || isBusy}>
          {to ? texts.specializations.add.use : texts.specializations.add.deed}
        </Button>
        <Button onClick={close}>{texts.specializations.add.cancel}</Button>
      </div>
    </form>
  );
}

interface KeepingChoiceProps {
  readonly keep: Keeping;
  readonly onChange: (keep: Keeping) => void;
  readonly sizeBytes: number | null;
}

export function KeepingChoice({ keep, onChange, sizeBytes }: KeepingChoiceProps) {
  const texts = useTexts();
  const size = sizeBytes === null ? '' : formatBytes(sizeBytes);
  return (
    <div className="add-dialog__keeping">
      <Choice
        legend={texts.specializations.add.files}
        chosen={keep}
        onChoose={onChange}
        options={[
          { value: 'reference', label: texts.specializations.add.leave, icon: FolderInput },
          { value: 'copy', label: texts.specializations.add.copy, icon: HardDriveDownload },
        ]}
      />
      <p className="add-dialog__note">
        {keep === 'copy' ? texts.specializations.add.copyNote(size) : texts.specializations.add.leaveNote}
      </p>
    </div>
  );
}
