/** A Python literal as numpy writes it. Text stays as it stands between its quotes: escapes are not undone. */
export type Literal
	= | {readonly type: 'text'; readonly text: string}
		| {readonly type: 'integer'; readonly value: number}
		| {readonly type: 'truth'; readonly value: boolean}
		| {readonly type: 'none'}
		| {readonly type: 'tuple' | 'list'; readonly items: readonly Literal[]}
		| {readonly type: 'dict'; readonly entries: ReadonlyMap<string, Literal>};

/** Spaces, then text, an integer (Python 2 wrote 3L), a word or a mark. */
const token = / *(?:(?<text>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")|(?<integer>0|-?[1-9]\d*)L?|(?<word>True|False|None)|(?<mark>[\{\}\[\]\(\),:]))/vy;

/** Deeper than any type that numpy describes, shallow enough for the stack. */
const deepest = 32;

const words: Readonly<Record<string, Literal>> = {
	True: {type: 'truth', value: true}, False: {type: 'truth', value: false}, None: {type: 'none'},
};

/** Reads one literal, after which only spaces and newlines may stand. Throws a `SyntaxError` for anything else; nothing is evaluated. */
export function parseLiteral(source: string): Literal {
	const tokens = tokenize(source);
	let position = 0;

	const isMark = (mark: string) => tokens[position]?.['mark'] === mark;
	const skip = (mark: string) => {
		if (!isMark(mark)) {
			throw new SyntaxError(`"${mark}" is missing`);
		}

		position++;
	};

	/** What stands between commas up to `close`; a comma may stand before it. */
	function separated<Item>(close: string, item: () => Item): {items: Item[]; commas: number} {
		const items: Item[] = [];
		let commas = 0;
		while (!isMark(close)) {
			items.push(item());
			if (!isMark(close)) {
				skip(',');
				commas++;
			}
		}

		position++;
		return {items, commas};
	}

	function literal(depth: number): Literal {
		const {text, integer, word, mark} = tokens[position++] ?? {};
		const inner = () => literal(depth + 1);
		if (text !== undefined) {
			return {type: 'text', text: text.slice(1, -1)};
		}

		if (integer !== undefined) {
			return {type: 'integer', value: Number(integer)};
		}

		if (word !== undefined) {
			return words[word]!;
		}

		if (depth < deepest && mark === '[') {
			return {type: 'list', items: separated(']', inner).items};
		}

		if (depth < deepest && mark === '(') {
			const {items, commas} = separated(')', inner);
			return items.length === 1 && commas === 0 ? items[0]! : {type: 'tuple', items};
		}

		if (depth < deepest && mark === '{') {
			return {type: 'dict', entries: toMap(separated('}', () => entry(inner)).items)};
		}

		throw new SyntaxError('a value is missing');
	}

	function entry(value: () => Literal): [string, Literal] {
		const key = value();
		if (key.type !== 'text') {
			throw new SyntaxError('a key is no text');
		}

		skip(':');
		return [key.text, value()];
	}

	const result = literal(0);
	if (position !== tokens.length) {
		throw new SyntaxError('more than one value');
	}

	return result;
}

type Token = Readonly<Record<string, string | undefined>>;

function tokenize(source: string): Token[] {
	const text = source.replace(/[ \n]*$/v, '');
	const tokens: Token[] = [];
	token.lastIndex = 0;
	while (token.lastIndex < text.length) {
		const match = token.exec(text);
		if (!match) {
			throw new SyntaxError('not a literal');
		}

		tokens.push(match.groups!);
	}

	return tokens;
}

function toMap(entries: ReadonlyArray<[string, Literal]>): Map<string, Literal> {
	const map = new Map(entries);
	if (map.size !== entries.length) {
		throw new SyntaxError('a key stands twice');
	}

	return map;
}
