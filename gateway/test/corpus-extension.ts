/** The extension that pi loads while recording its corpus: every kind of dialog, notice and failure. */
export const corpusExtension = `
export default function (pi) {
  pi.registerCommand('talk', {
    description: 'Uses every way to talk to the person',
    handler: async (args, ctx) => {
      ctx.ui.notify('Hello ' + args, 'info');
      ctx.ui.notify('Careful', 'warning');
      ctx.ui.notify('Broken', 'error');
      ctx.ui.setStatus('corpus', 'asking');
      ctx.ui.setWidget('corpus', ['one', 'two'], { placement: 'belowEditor' });
      ctx.ui.setTitle('pi - corpus');
      ctx.ui.setEditorText('text for the editor');
      const answers = {
        confirmed: await ctx.ui.confirm('Confirm?', 'Proceed with it?', { timeout: 30000 }),
        refused: await ctx.ui.confirm('And this?', 'No is an answer too'),
        selected: await ctx.ui.select('Pick one', ['a', 'b']),
        typed: await ctx.ui.input('Type', 'placeholder'),
        edited: await ctx.ui.editor('Edit', 'prefill'),
        cancelled: await ctx.ui.input('Cancelled by the client'),
        late: await ctx.ui.confirm('Too late', 'Nobody answers this', { timeout: 50 }),
      };
      ctx.ui.setStatus('corpus', undefined);
      ctx.ui.setWidget('corpus', undefined);
      pi.appendEntry('answers', answers);
      pi.sendMessage({ customType: 'corpus', content: JSON.stringify(answers), display: true });
    },
  });
  pi.on('tool_call', async (event, ctx) => {
    const command = event.input.command ?? '';
    if (command.includes('blocked')) return { block: true, reason: 'Blocked by the corpus extension' };
    if (command.includes('ask first')) {
      const yes = await ctx.ui.confirm('Run it?', command, { signal: ctx.signal });
      if (!yes) return { block: true, reason: 'The person said no' };
    }
  });
  pi.on('agent_end', () => {
    if (pi.getSessionName() === 'throw') throw new Error('the corpus extension failed on purpose');
  });
}
`;
