import { type AchievementContent, toAchievement } from '../../catalogue/index.ts';
import type { Institution } from '../../institutions/index.ts';
import { type BadgeView, readBadgeView } from '../badge-view.ts';
import type { View } from '../view.ts';

export interface Place {
  institution: Institution;
  id: string;
  version: number;
  content: AchievementContent;
}

/** A published version as a page reads it: by way of the OB 3.0 that its badges carry, so that both say the same. */
export const achievementView = (view: View, place: Place): BadgeView =>
  readBadgeView({ credentialSubject: { achievement: asAchievement(view.origin, place) } }, view.language);

export const asAchievement = (origin: string, { institution, id, version, content }: Place) =>
  toAchievement(content, { origin, institution, achievementId: id, version });
