import { FolderOpen, MousePointerSquareDashed, ScanLine } from 'lucide-react';
import type { ReactNode } from 'react';
import { useStore } from 'zustand';
import { t } from '../../strings';
import { Kbd } from '../../ui';
import { commandStore, runCommand } from '../../viewing/commands';

const ICON = { size: 20, strokeWidth: 1.5 } as const;

/** A library with nothing in it: what it is for, and three ways in. */
export function EmptyLibrary() {
  const folderKey = useStore(commandStore, ({ commands }) => commands.get('import.folder')?.keys[0]);
  return (
    <div className="library-empty">
      <h2>{t('library.empty.title')}</h2>
      <p>{t('library.empty.body')}</p>
      <div className="library-ways">
        <Way
          icon={<FolderOpen {...ICON} />}
          title={t('library.empty.open')}
          body={t('library.empty.openBody')}
          keys={folderKey}
          onClick={() => runCommand('import.folder')}
        />
        <Way
          icon={<MousePointerSquareDashed {...ICON} />}
          title={t('library.empty.drop')}
          body={t('library.empty.dropBody')}
        />
        <Way
          icon={<ScanLine {...ICON} />}
          title={t('library.empty.demo')}
          body={t('library.empty.demoBody')}
          onClick={() => runCommand('import.demo')}
        />
      </div>
    </div>
  );
}

interface WayProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly body: string;
  readonly keys?: string | undefined;
  /** Absent: something to do elsewhere, such as dropping. */
  readonly onClick?: () => void;
}

function Way({ icon, title, body, keys, onClick }: WayProps) {
  const content = (
    <>
      {icon}
      <span className="library-way-title">
        {title}
        {keys !== undefined && <Kbd keys={keys} />}
      </span>
      <span className="library-way-body">{body}</span>
    </>
  );
  if (!onClick) return <div className="library-way">{content}</div>;
  return (
    <button type="button" className="library-way" onClick={onClick}>
      {content}
    </button>
  );
}
