/** Opening and closing the preview. */
import type { ArtifactArea } from '../../../schema/artifacts';
import type { App } from '../../connection/app';
import { updateUi } from '../../store/app-store';

/** Shows a file of a task, or none. */
export const previewFile = (app: App, file: { readonly area: ArtifactArea; readonly path: string } | null): void =>
  updateUi(app.store, { previewed: file && `${file.area}/${file.path}` });
