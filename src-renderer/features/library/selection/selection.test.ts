import { beforeEach, describe, expect, it } from 'vitest';
import { scriptedLibrary, settled } from '../../../../tests/support/scriptedLibrary';
import { answerStore } from '../answer/answerStore';
import { libraryViewStore, setExpanded, changeFilter, sortBy } from '../libraryView';
import { createLibrarySession } from '../session';
import { rowModel, studyKey, type RowModel } from '../table/rowModel';
import type { Gesture } from './select';
import { selectionStore } from './selectionStore';

const now = (act: () => void) => act();

function started(count: number) {
  const library = scriptedLibrary(count);
  const session = createLibrarySession(library.source, now);
  const model = (): RowModel => {
    const { answer } = answerStore.getState();
    if (!answer) throw new Error('nothing was answered');
    const { expanded } = libraryViewStore.getState();
    return rowModel({ answer, expanded, series: new Map(), hasHeads: answer.query.sort.column === 'patient' });
  };
  const gesture = async (how: Gesture['how'], index: number) => {
    const rows = model();
    await session.selecting.onRow(rows.at(index), { how, index }, rows);
    await settled();
  };
  return { ...library, session, gesture };
}

const selected = () => [...selectionStore.getState().ids];
const cursor = () => selectionStore.getState().cursor;

beforeEach(() => {
  answerStore.setState(answerStore.getInitialState(), true);
  selectionStore.setState(selectionStore.getInitialState(), true);
  libraryViewStore.setState(libraryViewStore.getInitialState(), true);
});

describe('gestures', () => {
  it.each<[string, [Gesture['how'], number][], number[], number]>([
    ['a click', [['one', 2]], [3], 3],
    ['another click', [['one', 2], ['one', 5]], [6], 6], // prettier-ignore
    ['Ctrl adds', [['one', 2], ['toggle', 5]], [3, 6], 6], // prettier-ignore
    ['Ctrl takes away', [['one', 2], ['toggle', 5], ['toggle', 2]], [6], 3], // prettier-ignore
    ['Shift down', [['one', 2], ['range', 5]], [3, 4, 5, 6], 6], // prettier-ignore
    ['Shift up', [['one', 5], ['range', 2]], [3, 4, 5, 6], 3], // prettier-ignore
    ['Shift and back', [['one', 5], ['range', 9], ['range', 6]], [6, 7], 7], // prettier-ignore
    ['moving selects nothing', [['one', 2], ['move', 3]], [3], 4], // prettier-ignore
  ])('[LIB9] %s', async (_title, gestures, ids, at) => {
    const { gesture } = started(20);
    await settled();
    for (const [how, index] of gestures) await gesture(how, index);
    expect([selected(), cursor()]).toEqual([ids, studyKey(at)]);
  });

  it('[LIB9] a range over pages that are not here holds all of them', async () => {
    const { gesture, session } = started(5000);
    await settled();
    await gesture('one', 10);
    session.pages.show({ from: 4000, to: 4040 });
    await settled();
    await gesture('range', 4020);
    expect([selected().length, selected()[0], selected().at(-1)]).toEqual([4011, 11, 4021]);
  });

  it('a row of unknown content is selected when its study has come', async () => {
    const { gesture, session } = started(5000);
    await settled();
    await gesture('one', 3000);
    const before = [selected(), cursor()];
    session.pages.show({ from: 2990, to: 3030 });
    await settled();
    expect([before, [selected(), cursor()]]).toEqual([
      [[], 'place:3000'],
      [[3001], studyKey(3001)],
    ]);
  });

  it('[LIB9] everything means the whole answer, its pages here or not', async () => {
    const { session } = started(5000);
    await settled();
    await session.selecting.all();
    expect(selected()).toHaveLength(5000);
  });

  it('a patient’s head selects their studies', async () => {
    const { gesture } = started(20);
    libraryViewStore.setState({ sort: { column: 'patient', direction: 'ascending' } });
    await settled();
    await gesture('one', 3);
    expect(selected()).toEqual([3, 4]);
  });

  it('what an earlier gesture asked for does not replace a later one', async () => {
    const { gesture, session, hold, letGo } = started(5000);
    await settled();
    hold();
    const all = session.selecting.all();
    await gesture('one', 4);
    await letGo();
    await all;
    expect(selected()).toEqual([5]);
  });
});

describe('changes', () => {
  it('[LIB9] another filter begins with nothing selected, another order keeps it', async () => {
    const { gesture } = started(20);
    await settled();
    await gesture('one', 4);
    sortBy('patientName');
    await settled();
    const afterSort = selected();
    changeFilter({ text: '1' });
    await settled();
    expect([afterSort, selected()]).toEqual([[5], []]);
  });

  it('[LIB9] the study stays selected when others come before it', async () => {
    const { gesture, session, state } = started(20);
    await settled();
    await gesture('one', 4);
    state.rows = [...started(40).state.rows.slice(30), ...state.rows];
    state.revision = 2;
    await session.pages.refresh();
    expect([selected(), answerStore.getState().answer?.places.get(5)]).toEqual([[5], 14]);
  });
});

describe('revealing', () => {
  it('shows a study far down the library, whatever was filtered before', async () => {
    const { session } = started(5000);
    changeFilter({ text: '99' });
    await settled();
    await session.reveal(4321);
    const { answer } = answerStore.getState();
    expect([selected(), answer?.places.get(4321), answer?.query.filter]).toEqual([[4321], 4320, {}]);
  });
});

it('opens and closes studies', () => {
  setExpanded(1, true);
  setExpanded(2, true);
  setExpanded(1, false);
  expect([...libraryViewStore.getState().expanded]).toEqual([2]);
});
