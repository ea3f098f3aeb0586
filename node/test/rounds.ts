/** How many rounds a test with random input runs: all of them in `npm test`, a fifth in `npm run check`. */
export const rounds = (all: number): number => (process.env['PIWORK_ALL_ROUNDS'] === '1' ? all : Math.ceil(all / 5));
