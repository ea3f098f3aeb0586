export const PreviewDialog = () => null;
