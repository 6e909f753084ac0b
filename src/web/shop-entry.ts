import { beginPath, type ShopItem, versionUrl } from '../catalogue/index.ts';
import type { Institution } from '../institutions/index.ts';

/** What can be earned, for programs: where it stands, by whom, how long, what it costs and what it counts for. */
export function shopEntry(origin: string, institution: Institution, item: ShopItem) {
  const { id, version, content, publishedAt, establishedBy } = item;
  const { profile, slug, did, url } = institution;
  const place = { origin, institution, achievementId: id, version };
  return {
    id,
    url: `${url}/achievements/${id}`,
    versionUrl: versionUrl(place),
    begin: `${origin}${beginPath(slug, id)}`,
    institution: { slug, name: profile.name, url, did, kind: profile.kind, countryCode: profile.address.countryCode },
    version,
    publishedAt,
    establishedBy,
    type: content.type,
    name: content.name,
    description: content.description,
    language: content.language,
    outcomes: content.outcomes,
    workload: content.workload,
    level: content.level,
    assessment: content.assessment,
    participation: content.participation,
    prerequisites: content.prerequisites ?? null,
    cost: content.offer?.cost ?? null,
    duration: content.offer?.duration ?? null,
    countsFor: content.offer?.countsFor ?? null,
    decisionBases: content.policy?.bases ?? null,
    tags: content.tags,
  };
}
