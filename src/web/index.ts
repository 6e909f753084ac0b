export { fromHeader } from './language.ts';
export { errorPage, webRoutes } from './routes.tsx';
export { apiDocsRoutes } from './routes-site.tsx';
export { secureHeaders } from './security.ts';
export { wantsPage } from './wants-page.ts';
export { stylePath } from './style.ts';
