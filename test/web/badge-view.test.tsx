import { describe, expect, it } from 'vitest';
import { initials, Picture, wrap } from '../../src/web/art.tsx';
import { domainOf } from '../../src/vc/domain.ts';
import { readBadgeView } from '../../src/web/badge-view.ts';
import { age, country, day, moment } from '../../src/web/format.ts';
import { Markdown } from '../../src/web/markdown.tsx';
import { messages } from '../../src/web/messages.ts';
import { BadgeCard } from '../../src/web/pages/badge.tsx';
import type { View } from '../../src/web/view.ts';
import { mixesScripts, safeHref, Visible } from '../../src/web/visible.tsx';

const t = messages.nl;
const view: View = {
  language: 'nl',
  t,
  origin: 'https://badges.example.nl',
  path: '/',
  switchHref: '/?lang=en',
  now: new Date('2026-11-22T13:05:00Z'),
  requestId: 'x',
};
const html = (node: unknown) => String(node);

describe('reading a badge for people', () => {
  it('takes one value or a list, and a text in several languages', () => {
    const badge = readBadgeView(
      {
        issuer: 'did:web:school.example',
        name: 'Naam',
        credentialSubject: {
          achievement: {
            name: { en: 'Title', nl: 'Titel' },
            description: [
              { '@value': 'Text', '@language': 'en' },
              { '@value': 'Tekst', '@language': 'nl' },
            ],
            achievementType: ['Badge'],
            alignment: { targetName: 'Kan iets', targetUrl: 'https://x.example', targetType: 'ext:ESCO' },
            creditsAvailable: '2.5',
          },
        },
        evidence: { genre: 'Decision', narrative: 'Besloten.' },
      },
      'nl',
    );
    expect(badge).toMatchObject({
      title: 'Titel',
      description: 'Tekst',
      kind: 'Badge',
      ects: 2.5,
      issuer: { id: 'did:web:school.example', domain: 'school.example' },
      outcomes: [{ name: 'Kan iets' }],
      decision: { narrative: 'Besloten.' },
      evidence: [],
    });
  });

  it('never throws and always renders, whatever stands in a badge', () => {
    const odd = [null, undefined, 0, '', 'x', [], {}, [[]], [null], { id: null }, { '@value': {} }, Number.NaN, true];
    const places = ['issuer', 'credentialSubject', 'evidence', 'validFrom', 'awardedDate', 'name'];
    const inside = ['achievement', 'identifier', 'result', 'narrative', 'creditsEarned', 'activityStartDate'];
    const deeper = [
      'name',
      'description',
      'criteria',
      'alignment',
      'resultDescription',
      'inLanguage',
      'achievementType',
    ];
    const badges = [
      ...odd,
      ...odd.flatMap(value => places.map(place => ({ [place]: value }))),
      ...odd.flatMap(value => inside.map(place => ({ credentialSubject: { [place]: value } }))),
      ...odd.flatMap(value => deeper.map(place => ({ credentialSubject: { achievement: { [place]: value } } }))),
      ...odd.flatMap(value =>
        deeper.map(place => ({ credentialSubject: { achievement: { [place]: [value, { id: value }] } } })),
      ),
    ];
    for (const credential of badges) {
      const page = html(<BadgeCard view={view} badge={readBadgeView(credential, 'nl')} />);
      expect(page).not.toContain('[object Object]');
      expect(page).not.toContain('undefined');
    }
  });

  it('names the host of an issuer as the DNS knows it, and none for a key', () => {
    expect(domainOf('did:web:school.example%3A8443:i:x')).toBe('school.example:8443');
    expect(domainOf('https://sch\u043eol.example/issuer')).toBe('xn--schol-lye.example');
    for (const none of ['did:key:z6Mk', 'urn:uuid:1', '', 'javascript:alert(1)', 'did:web:'])
      expect(domainOf(none)).toBeUndefined();
  });

  it('leads only to web addresses', () => {
    for (const bad of [
      'javascript:alert(1)',
      ' javascript:alert(1)',
      'data:text/html,x',
      'file:///etc',
      '//x',
      'x',
      undefined,
    ])
      expect(safeHref(bad)).toBeUndefined();
    expect(safeHref('https://x.example/a b')).toBe('https://x.example/a%20b');
  });
});

describe('text of others', () => {
  it('W9: shows what is hidden in it, and keeps what scripts need', () => {
    const shown = html(<Visible text={'a\u202Eb\u200Bc\u0007d\u{E0041}'} t={t} />);
    for (const code of ['U+202E', 'U+200B', 'U+0007', 'U+E0041']) expect(shown).toContain(code);
    expect(html(<Visible text={'می\u200Cخواهم 👩\u200D🏫'} t={t} />)).not.toContain('U+');
    expect(mixesScripts('Universiteit v\u0430n X')).toBe(true);
    expect(mixesScripts('Universiteit Αθήνα')).toBe(false);
  });

  it('W1: Markdown is a short list of things, and the rest is text', () => {
    const text =
      '# Kop\n\nEen **vette** en _schuine_ regel\nmet [link](javascript:x) en ![p](https://x/p.png).\n\n * een\n *twee\n   verder\n- drie\n\n<b>html</b>\n*los';
    expect(html(<Markdown text={text} t={t} />)).toBe(
      '<div class="prose" dir="auto"><p><strong>Kop</strong></p>' +
        '<p>Een <strong>vette</strong> en <em>schuine</em> regel<br/>met [link](javascript:x) en ![p](https://x/p.png).</p>' +
        '<ul><li>een</li><li>twee verder</li><li>drie</li></ul>' +
        '<p>&lt;b&gt;html&lt;/b&gt;</p><ul><li>los</li></ul></div>',
    );
  });

  it('is rendered in a moment, however it was made to be slow', () => {
    const began = performance.now();
    for (const piece of ['*', '**', '_', '# ', '- ', ' ', '* *', '\u202e', '_a', '#'])
      html(<Markdown text={piece.repeat(Math.floor(100_000 / piece.length))} t={t} />);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('pictures', () => {
  it('fit any title in four lines', () => {
    for (const title of ['A', 'Samenwerken in de wijk', 'x'.repeat(300), 'woord '.repeat(60), '', '👩‍🏫'.repeat(40)]) {
      const { lines, size } = wrap(title);
      expect(lines.length).toBeLessThanOrEqual(4);
      for (const line of lines) expect([...line].length * size * 0.63).toBeLessThanOrEqual(341);
    }
    expect(initials('Hogeschool van de Arts')).toBe('HA');
    expect(initials('!!!')).toBe('');
  });

  it('W1: hold the title as text', () => {
    const svg = html(
      <Picture
        seed="x"
        issuer="<i>"
        title={'</text><script>alert(1)</script>'}
        kind="Badge"
        label={'"><script>'}
        standalone
      />,
    );
    expect(svg).not.toContain('<script');
  });
});

describe('times', () => {
  it('are written out in Dutch time', () => {
    expect(day('2026-11-02T23:30:00Z', 'nl')).toBe('3 november 2026');
    expect(day('2026-11-03T00:00:00+01:00', 'en')).toBe('3 November 2026');
    expect(moment('2026-11-22T13:05:00Z', 'nl')).toBe('22 november 2026 om 14:05 (Nederlandse tijd)');
    expect(day('onzin', 'nl')).toBe('onzin');
  });

  it('say how old something is', () => {
    const now = new Date('2026-11-22T12:00:00Z');
    const old = (minutes: number) => age(new Date(now.getTime() - minutes * 60_000), now, 'nl');
    expect([0, 1, 59, 60, 600, 3000].map(old)).toEqual([
      'minder dan een minuut',
      '1 minuut',
      '59 minuten',
      '1 uur',
      '10 uur',
      '2 dagen',
    ]);
    expect(age('onzin', now, 'nl')).toBeUndefined();
    expect([country('NL', 'nl'), country('zz1', 'nl')]).toEqual(['Nederland', 'zz1']);
  });
});
