/** What stands for the few characters beyond ASCII that sentences use, one for one where they are laid out in cells. */
const stands: Readonly<Record<string, string>> = {
	'–': '-', '—': '-', '→': '>', '·': '|', '…': '.', '‖': '|', '×': 'x', '≥': '>', '≤': '<',
};

/** Text for a terminal without Unicode; each character stays one character. */
export const toAscii = (text: string): string => text.replaceAll(/[^\n\t -~]/gv, character => stands[character] ?? '?');
