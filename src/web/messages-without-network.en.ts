import type { nlWithoutNetwork } from './messages-without-network.nl.ts';

/** The English sentences of the check without a network. */
export const enWithoutNetwork: typeof nlWithoutNetwork = {
  link: 'Use it without a network too',
  linkHint: 'For the QR code on paper, when your phone has no internet.',
  title: 'Checking without a network',
  lead: 'Some papers have a QR code that holds the badge itself. You can check it here even when your phone has no internet.',
  noScript: 'This works with scripts only, and they are off. With internet, a photo works too.',
  withNetwork: 'Check with internet',
  install: 'Use it without a network too',
  told: {
    off: 'This is not ready on this device yet.',
    preparing: 'We are getting it ready. Keep this page open.',
    renewing: 'We are fetching what is new.',
    ready: age => `It is ready. What this device knows is ${age} old.`,
    cut: age => `You have no internet now. We check with what this device knows. That is ${age} old.`,
    old: age =>
      `What this device knows is too old: ${age}. We cannot say of any badge now that it is valid. Connect to the internet and renew.`,
    removed: 'Removed. There is nothing left on this device.',
    failed: 'Getting it ready failed. See whether you have internet, and try again.',
    notRenewed: 'Renewing failed.',
    unable: 'This browser cannot do this, or not in a private window. With internet you can check as usual.',
  },
  scan: 'Scan the paper',
  noCode: 'We see no QR code on this photo. Take another, straight from above and with enough light.',
  noShort:
    'There is no badge in this QR code, but perhaps a link. That needs internet. Is there another QR code on the paper? Try that one.',
  answer: {
    known: (age, when) => `This answer comes from this device. What it knows is ${age} old: of ${when}.`,
    later: 'If the badge was revoked since, you do not see that here.',
    again: 'Check it again when you have internet.',
    badge: 'What the QR code says',
    title: 'Badge',
    recipient: 'In the name of',
    issuer: 'Issuer',
    awarded: 'Assessed on',
    until: 'Valid until',
    another: 'Scan another QR code',
  },
  device: {
    heading: 'On this device',
    since: when => `Fetched on ${when}.`,
    until: when => `Until ${when} at the latest we can say that a badge is valid. After that you have to renew.`,
    nothing: 'There is no institution yet that issues these QR codes.',
    renew: 'Renew now',
    remove: 'Remove from this device',
  },
  about: {
    heading: 'What this is, and what it is not',
    page: 'This page and what reads QR codes come on your device. That is a little over 1 MB.',
    lists: host =>
      `So do the public keys and the revocation lists of the institutions at ${host}. Of other issuers we know nothing without internet.`,
    nothing: 'Whom or what you check is not kept, and nobody gets to hear of it.',
    lasts: 'A revocation list is good for a day. Open this page with internet, and everything renews by itself.',
  },
};
