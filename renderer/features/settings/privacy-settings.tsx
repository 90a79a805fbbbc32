import { Facts } from '../../components/facts.tsx';
import './setting-row.css';

/** What is where, and who can read it: no switches, because there is nothing to switch off. */
export function PrivacySettings() {
  return (
    <div className="privacy">
      <Facts
        facts={[
          {
            name: 'Your memories',
            value:
              'In a database on this computer, in the library folder. Only your account on this computer may open that folder.',
          },
          {
            name: 'Network',
            value:
              'None. Loci asks nothing of any server, and its windows refuse to. A link opens in your browser, after you were asked.',
          },
          {
            name: 'Meaning',
            value:
              'Worked out on this computer, by a model that came with Loci or that you chose. No text leaves it.',
          },
          {
            name: 'Encryption',
            value:
              'Loci does not encrypt the library itself. Whoever can read this disk can read it: if the computer may be stolen, turn on the encryption of the disk in your system.',
          },
          {
            name: 'Several people',
            value:
              'Libraries of several people are kept apart in Loci, but not locked: who sits at this account can look into each.',
          },
          {
            name: 'What was changed',
            value: 'Is noted in a chain that shows tampering, without the texts. See Activity.',
          },
          { name: 'Logs', value: 'Hold what Loci did and what failed. They hold no text of yours.' },
        ]}
      />
    </div>
  );
}
