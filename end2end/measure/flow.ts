// Makes flows of any size from the catalogue: nested containers, mapped values, templates, notes.
export interface Field {
  key: object;
  label: string;
  type: object;
  required?: boolean;
  option?: boolean;
  shown?: boolean;
  choices?: { value: string }[];
  default?: unknown;
}

export interface Spec {
  key: string;
  inputs?: Field[];
  outputs?: Field[];
  lanes?: { id: string; inputs?: Field[] }[];
}

export interface Step {
  id: string;
  card: string;
  note?: { title: string; text: string };
  inputs: Input[];
  outputs: { key: object; label: string; type: object }[];
  lanes: { id: string; inputs: Input[]; steps: Step[]; yields: Input[] }[];
}

interface Input {
  key: { group?: string; key: string };
  label: string;
  type: object;
  binding: object;
  [other: string]: unknown;
}

/** Builds steps like the editor does when a card is dropped. */
export class Maker {
  #next = 0;
  readonly #specs: Map<string, Spec>;

  constructor(catalogue: Spec[]) {
    this.#specs = new Map(catalogue.map((spec) => [spec.key, spec]));
  }

  /** Returns a row of about `count` cards, the first one an event. */
  flow(count: number): Step[] {
    this.#next = 0;
    const event = this.step('okta:userCreated');
    const row = [event];
    this.#fill(row, count - 1, 0, event);
    return row;
  }

  #fill(row: Step[], budget: number, depth: number, before: Step): void {
    let last = before;
    const until = this.#next + budget;
    while (this.#next < until) {
      const at = this.#next;
      if (at % 11 === 4 && depth < 3 && until - at > 7) {
        const branch = this.step(at % 2 === 0 ? 'control:if' : 'control:tryCatch');
        bind(branch, 0, last);
        const share = Math.min(6, Math.floor((until - this.#next) / branch.lanes.length));
        for (const lane of branch.lanes) this.#fill(lane.steps, share, depth + 1, last);
        row.push(branch);
      } else if (at % 23 === 7) {
        const note = this.step('control:comment');
        note.note = { title: `Note ${at}`, text: 'Why **this** is here:\n- first reason\n- second `reason`' };
        row.push(note);
      } else {
        const step = this.step(at % 3 === 0 ? 'okta:readUser' : at % 3 === 1 ? 'string:compose' : 'string:toUpperCase');
        bind(step, 0, last, at % 3 === 1);
        row.push(step);
        last = step.outputs.length > 0 ? step : last;
      }
    }
  }

  /** Returns a card by its key, with the fields that it has at first. */
  step(key: string): Step {
    const spec = this.#specs.get(key);
    if (!spec) throw new Error(`the catalogue has no ${key}`);
    const id = `step${this.#next++}`;
    const inputs = (fields: Field[] = []) => fields.filter(isAtFirst).map(input);
    return {
      id,
      card: spec.key,
      inputs: inputs(spec.inputs),
      outputs: (spec.outputs ?? []).filter(isAtFirst).map(({ key, label, type }) => ({ key, label, type })),
      lanes: (spec.lanes ?? []).map((lane) => ({ id: lane.id, inputs: inputs(lane.inputs), steps: [], yields: [] })),
    };
  }
}

function isAtFirst(field: Field): boolean {
  return field.shown === true || field.required === true || field.option === true;
}

function input({ key, label, type, required, option, choices, ...field }: Field): Input {
  return {
    key: key as Input['key'],
    label,
    type,
    ...(required ? { required } : {}),
    ...(option ? { option } : {}),
    ...(choices ? { choices: choices.map(({ value }) => value) } : {}),
    binding: field.default === undefined ? { kind: 'empty' } : { kind: 'constant', value: field.default },
  };
}

/** Maps an output of `from` onto an input, alone or inside a text. */
function bind(step: Step, index: number, from: Step, asText = false): void {
  const target = step.inputs.filter((known) => known['option'] !== true)[index];
  const output = from.outputs[from.outputs.length > 1 ? 1 : 0];
  if (!target || !output) return;
  const value = { kind: 'output', source: { step: from.id, field: output.key } };
  target.binding = asText
    ? { kind: 'template', parts: [{ kind: 'text', text: 'Seen: ' }, { kind: 'value', name: 'v', binding: value }, { kind: 'text', text: ' by the flow' }] }
    : value;
}
