import type { View } from '../view.ts';

/** Reading a QR code: before the camera where scripts run, and from a photo where they do not. */
export function CameraPage({ view }: { view: View }) {
  const { camera } = view.t.counter;
  const { asking, looking, found, refused, none, unable, stopped, reading } = camera;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{camera.title}</h1>
        <p class="lead">{camera.lead}</p>
        <form
          class="camera"
          method="post"
          action="/verify"
          enctype="multipart/form-data"
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
          <input type="hidden" name="text" />
          <div class="viewfinder">
            <video aria-label={camera.view} muted playsinline></video>
          </div>
          <p class="told" role="status"></p>
          <noscript>
            <p class="notice">{camera.noScript}</p>
          </noscript>
          <p class="actions">
            <button class="button" type="button" data-start hidden>
              {camera.start}
            </button>
            <button class="button second" type="button" data-stop hidden>
              {camera.stop}
            </button>
          </p>
        </form>
      </section>
      <section aria-labelledby="photo-title">
        <h2 id="photo-title">{camera.photo}</h2>
        <form class="panel" method="post" action="/verify" enctype="multipart/form-data" data-photo>
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
            <a href="/verify">{camera.other}</a>
          </p>
        </form>
      </section>
    </>
  );
}
