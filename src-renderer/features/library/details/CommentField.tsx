import { useState, type KeyboardEvent } from 'react';
import { t } from '../../../strings';
import { editStudies } from '../actions/editing';
import { COMMENT_ID } from '../commands';

export interface CommentFieldProps {
  readonly studyId: number;
  readonly comment: string;
  readonly isReadOnly: boolean;
}

/** Written in place; kept when left or by Ctrl+Enter, taken back by Escape. */
export function CommentField({ studyId, comment, isReadOnly }: CommentFieldProps) {
  const [draft, setDraft] = useState<string | null>(null);
  const take = () => {
    if (draft === null) return;
    setDraft(null);
    if (draft !== comment) void editStudies([studyId], { comment: draft });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === 'Escape' && draft !== null) setDraft(null);
    else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.blur();
    else return;
    event.preventDefault();
  };
  return (
    <textarea
      id={COMMENT_ID}
      className="ui-input library-comment"
      aria-label={t('library.details.comment')}
      placeholder={t('library.details.commentPlaceholder')}
      title={t('library.details.commentHint')}
      maxLength={10_000}
      rows={3}
      readOnly={isReadOnly}
      value={draft ?? comment}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={take}
      onKeyDown={onKeyDown}
    />
  );
}
