/**
 * Goes to where this device answers for itself, when there is no network, someone asked to have that, and `text` is the
 * short form of a badge: the worker then answers for `/V`. Says whether it goes.
 */
export function goWithout(text: string): boolean {
  const [, short] = /(?:^|#)(\d{200,})$/.exec(text.trim()) ?? [];
  if (!short || navigator.onLine || !navigator.serviceWorker?.controller) return false;
  location.assign(`/V#${short}`);
  return true;
}
