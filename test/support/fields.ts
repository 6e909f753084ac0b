// What a browser would send of a form on a page that is left as it stands.

export type Fields = Record<string, string | string[]>;

const unescape = (text: string) =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
const attribute = (tag: string, name: string) => {
  const found = new RegExp(`\\s${name}="([^"]*)"`).exec(tag);
  return found ? unescape(found[1]!) : undefined;
};

/**
 * The fields of the first form whose hidden `move` is this one (any form for an empty move), and that has this text in
 * it.
 */
export function fieldsOf(html: string, move: string, text = ''): Fields {
  for (const [, form] of html.matchAll(/<form\b[^>]*>(.*?)<\/form>/gs)) {
    const fields = read(form!);
    if ((!move || fields.move === move) && unescape(form!).includes(text)) return fields;
  }
  throw new Error(`there is no form ${move} ${text}`);
}

function read(form: string): Fields {
  const fields: Fields = {};
  const add = (name: string | undefined, value: string) => {
    if (!name) return;
    fields[name] = name in fields ? [fields[name]!, value].flat() : value;
  };
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const type = attribute(tag, 'type') ?? 'text';
    if (/^(checkbox|radio)$/.test(type) && !/\schecked(=""|\b)/.test(tag)) continue;
    add(attribute(tag, 'name'), attribute(tag, 'value') ?? (type === 'checkbox' ? 'on' : ''));
  }
  for (const [, tag, value] of form.matchAll(/<textarea\b([^>]*)>(.*?)<\/textarea>/gs))
    add(attribute(` ${tag}`, 'name'), unescape(value!));
  for (const [, tag, options] of form.matchAll(/<select\b([^>]*)>(.*?)<\/select>/gs)) {
    const all = [...options!.matchAll(/<option\b[^>]*>/g)].map(([option]) => option);
    const chosen = all.find(option => /\sselected(=""|\b)/.test(option)) ?? all[0];
    if (chosen) add(attribute(` ${tag}`, 'name'), attribute(chosen, 'value') ?? '');
  }
  return fields;
}
