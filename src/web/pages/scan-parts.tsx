import type { View } from '../view.ts';

/** Where the camera looks: its picture, its buttons and what goes on; the script of the page works it. */
export function Viewfinder({ view }: { view: View }) {
  const { camera } = view.t.counter;
  const { asking, looking, found, refused, none, unable, stopped, reading } = camera;
  return (
    <div
      class="camera"
      data-camera
      data-asking={asking}
      data-looking={looking}
      data-found={found}
      data-refused={refused}
      data-none={none}
      data-unable={unable}
      data-stopped={stopped}
      data-reading={reading}
    >
      <div class="viewfinder">
        <video aria-label={camera.view} muted playsinline></video>
      </div>
      <p class="told" role="status"></p>
      <p class="actions">
        <button class="button" type="button" data-start hidden>
          {camera.start}
        </button>
        <button class="button second" type="button" data-stop hidden>
          {camera.stop}
        </button>
      </p>
    </div>
  );
}

/** The field and the button of a photo. */
export function PhotoFields({ view }: { view: View }) {
  const { camera } = view.t.counter;
  return (
    <>
      <div class="field">
        <label for="photo">{camera.photoLabel}</label>
        <span class="hint" id="photo-hint">
          {camera.photoHint}
        </span>
        <input
          id="photo"
          name="file"
          type="file"
          accept="image/*"
          capture="environment"
          required
          aria-describedby="photo-hint"
        />
      </div>
      <p class="actions">
        <button class="button" type="submit">
          {camera.check}
        </button>
      </p>
    </>
  );
}
