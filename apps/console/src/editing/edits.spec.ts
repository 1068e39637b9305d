import { type CustomerEdit, RelevoError } from '@relevo/client';
import type { CustomerView } from '@relevo/contracts';
import { type DraftArea, Edits } from './edits';
import { attributeField } from './fields';

const city = attributeField('city', new Map());
const plan = attributeField('plan', new Map());

const lucia = (version: number, attributes: Record<string, string> = {}): CustomerView =>
  ({ id: 'lucia', name: 'Lucía', version, attributes: Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, { value }])) }) as unknown as CustomerView;

const conflict = (theirs: string | null, version: number): RelevoError =>
  new RelevoError({ code: 'CONFLICT', message: '', details: { version, fields: [{ field: 'attributes.city', yours: null, theirs }] } });

interface Desk {
  readonly edits: Edits;
  readonly asked: CustomerEdit[];
  readonly area: DraftArea;
}

/** Answers in turn: an error refuses, anything else is done. */
function aDesk(answers: readonly (RelevoError | null)[] = [], area: DraftArea = anArea()): Desk {
  const asked: CustomerEdit[] = [];
  const left = [...answers];
  const edits = new Edits((edit) => {
    asked.push(edit);
    const answer = left.shift() ?? null;
    return answer ? Promise.reject(answer) : Promise.resolve(lucia(9));
  }, area);
  return { edits, asked, area };
}

function anArea(): DraftArea {
  let kept: string | null = null;
  return { read: () => kept, write: (text) => (kept = text) };
}

const draftOf = ({ edits }: Desk, id = city.id) => edits.getSnapshot().get(id);

it('saves with the version that the agent saw, and ends with that', async () => {
  const desk = aDesk();
  desk.edits.begin(city, lucia(3, { city: 'Salta' }));
  desk.edits.type(city.id, 'Jujuy');
  await desk.edits.save(city);
  expect(desk.asked).toEqual([{ version: 3, set: { city: 'Jujuy' } }]);
  expect(draftOf(desk)).toBeUndefined();
});

it('asks for nothing where nothing was changed, and takes out what is emptied', async () => {
  const desk = aDesk();
  desk.edits.begin(city, lucia(3, { city: 'Salta' }));
  await desk.edits.save(city);
  expect(desk.asked).toEqual([]);
  desk.edits.begin(city, lucia(3, { city: 'Salta' }));
  await desk.edits.clear(city);
  expect(desk.asked).toEqual([{ version: 3, unset: ['city'] }]);
  expect(draftOf(desk)).toBeUndefined();
});

it('a draft stays as it is and of its version, whatever others change; what nobody touched follows them', () => {
  const desk = aDesk();
  const before = lucia(3, { city: 'Salta', plan: 'pro' });
  desk.edits.begin(city, before);
  desk.edits.begin(plan, before);
  desk.edits.type(city.id, 'Jujuy');
  desk.edits.follow(lucia(4, { city: 'Tilcara', plan: 'free' }));
  expect(draftOf(desk)).toMatchObject({ text: 'Jujuy', version: 3 });
  expect(draftOf(desk, plan.id)).toMatchObject({ text: 'free', version: 4 });
  desk.edits.begin(city, lucia(5));
  expect(draftOf(desk)).toMatchObject({ text: 'Jujuy', version: 3 });
});

describe('when somebody else changed the same', () => {
  async function contested(): Promise<Desk> {
    const desk = aDesk([conflict('Tilcara', 5)]);
    desk.edits.begin(city, lucia(3));
    desk.edits.type(city.id, 'Jujuy');
    await desk.edits.save(city);
    expect(draftOf(desk)).toMatchObject({ text: 'Jujuy', isSaving: false, refusal: null, conflict: { theirs: 'Tilcara', version: 5 } });
    return desk;
  }

  it('insisting says that theirs was seen', async () => {
    const desk = await contested();
    await desk.edits.insist(city, 4);
    expect(desk.asked.at(-1)).toEqual({ version: 5, set: { city: 'Jujuy' } });
    expect(draftOf(desk)).toBeUndefined();
  });

  it('or what came after it, where that is in view', async () => {
    const desk = await contested();
    await desk.edits.insist(city, 7);
    expect(desk.asked.at(-1)).toMatchObject({ version: 7 });
  });

  it('theirs stays when the draft is given up', async () => {
    const desk = await contested();
    desk.edits.cancel(city.id);
    expect(desk.asked).toHaveLength(1);
    expect(draftOf(desk)).toBeUndefined();
  });

  it('one may go on from there with a third', async () => {
    const desk = await contested();
    desk.edits.goOn(city.id, 5);
    desk.edits.type(city.id, 'Humahuaca');
    await desk.edits.save(city);
    expect(desk.asked.at(-1)).toEqual({ version: 5, set: { city: 'Humahuaca' } });
  });
});

it('what is refused stays to be mended, with why', async () => {
  const refused = new RelevoError({ code: 'VALIDATION_FAILED', message: '', errors: [{ path: 'set.city', message: 'must be text' }] });
  const desk = aDesk([refused]);
  desk.edits.begin(city, lucia(3));
  desk.edits.type(city.id, 'x');
  await desk.edits.save(city);
  expect(draftOf(desk)).toMatchObject({ text: 'x', isSaving: false, refusal: { code: 'VALIDATION_FAILED' } });
  desk.edits.type(city.id, 'xy');
  expect(draftOf(desk)?.refusal).toBeNull();
});

it('outlives the page while there is something in it', async () => {
  const desk = aDesk();
  desk.edits.begin(city, lucia(3));
  expect(desk.area.read()).toBeNull();
  desk.edits.type(city.id, 'Jujuy');
  const later = aDesk([], desk.area);
  expect(draftOf(later)).toMatchObject({ text: 'Jujuy', version: 3, isSaving: false });
  await later.edits.save(city);
  expect(later.asked).toEqual([{ version: 3, set: { city: 'Jujuy' } }]);
  expect(later.area.read()).toBeNull();
});

it.each(['{', '[1]', '{"attributes.city":null}', '{"attributes.city":{"text":1}}'])('makes nothing of what it did not keep: %s', (text) => {
  expect(aDesk([], { read: () => text, write: () => undefined }).edits.getSnapshot().size).toBe(0);
});

it('of one who was merged it goes on with whom they became, having seen nothing of them', async () => {
  const [before, after] = [aDesk(), aDesk()];
  before.edits.begin(city, lucia(8));
  before.edits.type(city.id, 'Jujuy');
  after.edits.adopt(before.edits.getSnapshot());
  await after.edits.save(city);
  expect(after.asked).toEqual([{ version: 0, set: { city: 'Jujuy' } }]);
});
