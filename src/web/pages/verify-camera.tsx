import type { View } from '../view.ts';
import { PhotoFields, Viewfinder } from './scan-parts.tsx';

/** Reading a QR code: before the camera where scripts run, and from a photo where they do not. */
export function CameraPage({ view }: { view: View }) {
  const { camera } = view.t.counter;
  const { link, linkHint } = view.t.withoutNetwork;
  return (
    <>
      <section aria-labelledby="title">
        <h1 id="title">{camera.title}</h1>
        <p class="lead">{camera.lead}</p>
        <form method="post" action="/verify" enctype="multipart/form-data">
          <input type="hidden" name="text" />
          <noscript>
            <p class="notice">{camera.noScript}</p>
          </noscript>
          <Viewfinder view={view} />
        </form>
      </section>
      <section aria-labelledby="photo-title">
        <h2 id="photo-title">{camera.photo}</h2>
        <form class="panel" method="post" action="/verify" enctype="multipart/form-data" data-photo>
          <PhotoFields view={view} />
        </form>
        <p class="apart">
          <a href="/verify">{camera.other}</a>
        </p>
        <p class="apart">
          <a href="/verify/offline">{link}</a> <span class="note">{linkHint}</span>
        </p>
      </section>
    </>
  );
}
