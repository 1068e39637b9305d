/**
 * Puts text in place of what is chosen, as if it had been typed: so the browser's own undo takes it back. The command is
 * called outdated, and nothing else does that.
 */
export function insertText(field: HTMLTextAreaElement, text: string, from = field.selectionStart, to = field.selectionEnd): void {
  field.focus();
  field.setSelectionRange(from, to);
  if (document.execCommand('insertText', false, text)) return;
  field.setRangeText(text, from, to, 'end');
  field.dispatchEvent(new Event('input', { bubbles: true }));
}
