/** Reads the QR code before the camera, or on a photo, and sends what it says to the check. */
import { goWithout } from './parts/go-without.ts';
import { createScan, readPhoto } from './parts/scan.ts';

const box = document.querySelector<HTMLElement>('[data-camera]')!;
const form = box.closest('form')!;
const field = form.querySelector<HTMLInputElement>('input[name=text]')!;

function check(text: string) {
  if (goWithout(text)) return;
  field.value = text;
  form.requestSubmit();
}
const scan = createScan(box, check);

/** A photo is read here too, so that a large one need not travel; what cannot be read here, the service looks at. */
const photo = document.querySelector<HTMLFormElement>('form[data-photo]')!;
photo.addEventListener('submit', async event => {
  const [file] = photo.querySelector<HTMLInputElement>('[type=file]')!.files ?? [];
  if (!file) return;
  event.preventDefault();
  scan.halt(box.dataset.reading);
  const text = await readPhoto(file);
  if (text === undefined) return photo.submit();
  scan.halt(box.dataset.found);
  check(text);
});

void scan.open();
