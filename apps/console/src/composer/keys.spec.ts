import { type KeyPress, meaningOf } from './keys';

const enter: KeyPress = { key: 'Enter', ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, isComposing: false, keyCode: 13 };
const ctrl = { ...enter, ctrlKey: true };
const shift = { ...enter, shiftKey: true };

it.each([
  ['Enter', enter, 'send', 'native'],
  ['Ctrl+Enter', ctrl, 'break', 'send'],
  ['Cmd+Enter', { ...enter, metaKey: true }, 'break', 'send'],
  ['Shift+Enter', shift, 'native', 'native'],
  ['Ctrl+Shift+Enter', { ...ctrl, shiftKey: true }, 'native', 'native'],
  ['Enter while composing', { ...enter, isComposing: true }, null, null],
  ['Enter while composing, where only its number tells', { ...enter, keyCode: 229 }, null, null],
  ['Ctrl+Enter while composing', { ...ctrl, isComposing: true }, null, null],
  ['another key', { ...enter, key: 'a' }, null, null],
])('%s', (_, press, whenEnterSends, whenCtrlEnterSends) => {
  expect([meaningOf(press, 'enter'), meaningOf(press, 'ctrl-enter')]).toEqual([whenEnterSends, whenCtrlEnterSends]);
});
