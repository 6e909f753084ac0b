import { isDecided, type Look } from '../../../dossiers/index.ts';
import { type Institution, roleName } from '../../../institutions/index.ts';
import { day } from '../../format.ts';
import type { View } from '../../view.ts';

export interface TurnWords {
  /** Whether it is the turn of who looks. */
  mine: boolean;
  title: string;
  text: string;
  /** The one main action, and where on the page it is. */
  act?: { label: string; href: string };
}

/**
 * Whose turn it is, what that means, and the one thing to do about it: for the learner, and for a guide who looks
 * along.
 */
export function turnWords(view: View, look: Look, institution: Institution, role: 'learner' | 'guide'): TurnWords {
  const words = view.t.validations;
  const { state, turn } = look.dossier;
  const name = (which: 'coordinator' | 'assessor' | 'examiner' | 'board') =>
    words.others(roleName(view.language, institution.profile.kind, which));
  const mine = (text: string, act: { label: string; href: string }): TurnWords =>
    role === 'learner'
      ? { mine: true, title: words.mine, text, act }
      : { mine: false, title: words.others(words.who.theLearner.toLowerCase()), text: '' };
  switch (turn) {
    case 'closed': {
      const how = state.closed ?? 'finished';
      return { mine: false, title: words.ended[how], text: words.turn[how] };
    }
    case 'awaiting-coordinator':
      return { mine: false, title: words.theirs(institution.profile.name), text: words.turn.intake };
    case 'awaiting-assessor': {
      const waits = state.questions.length > 0 || state.reports.length > 0;
      return { mine: false, title: name('assessor'), text: waits ? words.turn.waitAnswer : words.turn.assessor };
    }
    case 'awaiting-reply':
      return mine(words.turn.reply(day(state.replyUntil!, view.language)), {
        label: words.act.reply,
        href: '#judged',
      });
    case 'awaiting-examiner':
      return { mine: false, title: name('examiner'), text: words.turn.examiner };
    case 'awaiting-board':
      return { mine: false, title: name('board'), text: words.turn.board };
    case 'awaiting-learner': {
      const question = state.questions.find(q => q.to === 'learner');
      if (question) return mine(words.turn.answer, { label: words.act.answer, href: `#e${question.seq}` });
      const report = state.reports.find(r => r.waits === 'learner');
      if (report) return mine(words.turn.confirm, { label: words.act.confirm, href: `#e${report.seq}` });
      if (isDecided(state)) return mine(words.turn.develop, { label: words.act.develop, href: '#decision' });
      if (state.reply && !state.recognise) return mine(words.turn.advice, { label: words.act.advice, href: '#plan' });
      return mine(words.turn.collect, { label: words.act.collect, href: '#shown' });
    }
  }
}
