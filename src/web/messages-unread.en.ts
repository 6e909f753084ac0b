import type { nlUnread } from './messages-unread.nl.ts';

/** The same in English. */
export const enUnread: typeof nlUnread = {
  title: 'We could not read a badge',
  notAVerdict: 'This is not a verdict on a badge.',
  tryAgain: 'Try again',
  codes: {
    'json-malformed': {
      what: 'The text is not sound JSON.',
      todo: 'Copy the whole file, from the first { to the last }.',
    },
    'limit-depth': {
      what: 'The text is nested too deeply.',
      todo: 'An ordinary badge is not. Ask the owner for the file as they got it.',
    },
    'limit-broken': {
      what: 'There is more in the badge than we can check.',
      todo: 'Ask the issuer for a smaller badge.',
    },
    'credential-unreadable': {
      what: 'There is no badge in this that we can read.',
      todo: 'Ask the owner for the link, or for the file as they received it.',
    },
    'several-badges': {
      what: 'There are several badges in this file, or behind this link.',
      todo: 'Check this by itself on the ordinary page. There you choose which badge you mean.',
    },
    'credential-unreachable': {
      what: 'We could not fetch the badge at this address.',
      todo: 'See whether the link is right and opens on the internet. A link has to begin with https://.',
    },
    'body-too-large': {
      what: 'This is larger than we read: a file of 10 MB at most, a badge as text of 1 MB.',
      todo: 'Send the badge only.',
    },
    claim: {
      what: 'This link is for collecting a badge. It is not a badge yet.',
      todo: 'Is the badge yours? Open the link and collect it. Then check the link that you get.',
    },
    damaged: {
      what: 'This file is damaged, or has been tampered with.',
      todo: 'Ask the owner for the file as they got it from the issuer.',
    },
    empty: { what: 'There is nothing in this.', todo: 'Choose another file, or paste the link.' },
    encoding: {
      what: 'This text was saved in a way that we do not read.',
      todo: 'Save the file as UTF-8, without a BOM. Or ask for the file as the issuer gave it.',
    },
    'file-kind': {
      what: 'We do not look for badges in files of this kind.',
      todo: 'Choose a badge as JSON, PNG, SVG or PDF, or a photo of a QR code. Or paste the link.',
    },
    gone: {
      what: 'There was a badge here. The site says that it is no longer there: removed or revoked.',
      todo: 'Ask the issuer what happened to the badge.',
    },
    'json-token': {
      what: 'This is a badge in a form that we do not read: a signed text that is written out as JSON.',
      todo: 'Ask for the same badge in its compact form: one long line with points in it.',
    },
    'no-badge-in-page': {
      what: 'At this address is a web page. There is no badge in it that we can read.',
      todo: 'Look on that page for a link to the badge itself, or a file of it.',
    },
    'no-badge-in-pdf': {
      what: 'No badge is attached to this PDF.',
      todo: 'Is there a QR code or a link on it? Paste that link, or take a photo of the QR code.',
    },
    'no-badge-in-picture': {
      what: 'There is no badge in this picture, and we see no QR code in it.',
      todo: 'Take a sharp photo from close by. Or ask for the file itself: a badge is lost when a picture is edited or copied.',
    },
    pdf: { what: 'There is more in this PDF than we can look through.', todo: 'Ask for the badge only.' },
    'pdf-locked': {
      what: 'This PDF is locked, so we cannot reach what is attached to it.',
      todo: 'Ask for a PDF without a password, or paste the link that stands on it.',
    },
    'picture-kind': {
      what: 'We do not read pictures of this kind.',
      todo: 'Save it as PNG or JPEG, or paste the link.',
    },
    'picture-too-large': {
      what: 'This picture is too large: we read up to 2 MB and 16 million pixels.',
      todo: 'Cut out the QR code, or take a screenshot.',
    },
    'qr-other': {
      what: 'There is no badge and no link in this QR code.',
      todo: 'See whether there is another QR code beside the badge.',
    },
    'too-many-badges': {
      what: 'There are more badges in this than we show at once.',
      todo: 'Ask the owner for the badge that matters.',
    },
    'too-many-links': {
      what: 'This link leads to a link that leads to a link. We do not follow that far.',
      todo: 'Ask the owner for the link to the badge itself.',
    },
    'wallet-offer': {
      what: 'This is an invitation to collect a badge in a wallet. It is not a badge yet.',
      todo: 'Is the badge yours? Open this with your wallet app. Then share the badge from that app.',
    },
    'wallet-request': {
      what: 'This is a question to a wallet to show something. It is not a badge.',
      todo: 'Ask the owner for the badge itself, as a link or a file.',
    },
    other: {
      what: 'We could not read this.',
      todo: 'Paste a link, or choose a file with the badge in it.',
    },
  },
};
