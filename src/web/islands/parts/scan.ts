// Reads QR codes before the camera and on photos. No picture leaves the browser.
import { BarcodeDetector, prepareZXingModule } from 'barcode-detector/ponyfill';

declare const QR_READER: string;
/** Milliseconds between two looks: quick to the eye, and a phone stays cool. */
const PAUSE = 120;

// From our own origin: by itself the library would ask a host of others.
prepareZXingModule({ overrides: { locateFile: () => QR_READER } });
const reader = new BarcodeDetector({ formats: ['qr_code'] });

/** What a code on a photo says, if there is one that can be read. */
export async function readPhoto(photo: Blob): Promise<string | undefined> {
  const [code] = await reader.detect(photo).catch(() => []);
  return code?.rawValue;
}

/**
 * Works the viewfinder of a page: its video, its buttons and where it tells what goes on, in the words that `box` has.
 * @param found gets what the first code says; the camera is off by then
 */
export function createScan(box: HTMLElement, found: (text: string) => void) {
  const video = box.querySelector('video')!;
  const told = box.querySelector<HTMLElement>('[role=status]')!;
  const [start, stop] = ['start', 'stop'].map(name =>
    box.querySelector<HTMLButtonElement>(`button[data-${name}]`)!,
  ) as [HTMLButtonElement, HTMLButtonElement];
  const words = box.dataset;
  let camera: MediaStream | undefined;

  function halt(why = '') {
    camera?.getTracks().forEach(track => track.stop());
    camera = undefined;
    video.srcObject = null;
    box.classList.remove('live');
    start.hidden = false;
    stop.hidden = true;
    told.textContent = why;
  }

  async function open() {
    if (!('mediaDevices' in navigator)) return halt(words.none);
    start.hidden = true;
    told.textContent = words.asking!;
    try {
      camera = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
      video.srcObject = camera;
      await video.play();
    } catch (error) {
      const name = (error as Error).name;
      return halt(name === 'NotAllowedError' ? words.refused : words.none);
    }
    box.classList.add('live');
    stop.hidden = false;
    told.textContent = words.looking!;
    void look();
  }

  async function look(): Promise<void> {
    if (!camera) return;
    try {
      const [code] = video.readyState >= 2 ? await reader.detect(video) : [];
      if (code?.rawValue && camera) {
        halt(words.found);
        return found(code.rawValue);
      }
    } catch {
      return halt(words.unable);
    }
    setTimeout(look, PAUSE);
  }

  start.addEventListener('click', open);
  stop.addEventListener('click', () => halt(words.stopped));
  addEventListener('pagehide', () => halt());
  halt();
  return { open, halt };
}
