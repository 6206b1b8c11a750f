export const scan = () => null;
