import { parse } from 'smol-toml';
import { lineDiff } from './line-diff';
import { withoutOurs } from './our-block';
import { planInstall, planRemoval } from './plan-install';

const program = { program: ['/usr/bin/node', "/it's/vtcode.cjs"], socket: '/run/bridge.sock' };

const theirs = `# mine
[agent]
provider = "openai"   # and this

[[hooks.lifecycle.pre_tool_use]]
matcher = "exec_command"
[[hooks.lifecycle.pre_tool_use.hooks]]
command = "mine"`;

test('adds one block at the end, and removes it byte for byte', () => {
  for (const before of ['', '[agent]\n', theirs, `${theirs}\n\n\n`]) {
    const { after } = planInstall(before, program, []);
    expect(after.startsWith(before)).toBe(true);
    expect(planRemoval(after).after).toBe(before);
    // Installing again replaces it.
    expect(planInstall(after, program, []).after).toBe(after);
  }
});

test("VTCode can read the block, beside the person's own hooks", () => {
  const { after, remarks } = planInstall(theirs, program, []);
  const { hooks, mcp, ui, agent } = parse(after) as Record<string, never>;
  const hook = "exec '/usr/bin/node' '/it'\\''s/vtcode.cjs' 'hook' '--socket' '/run/bridge.sock'";
  expect(agent).toEqual({ provider: 'openai' });
  expect(hooks).toMatchObject({
    lifecycle: {
      pre_tool_use: [
        { matcher: 'exec_command', hooks: [{ command: 'mine' }] },
        { matcher: '*', hooks: [{ command: hook, timeout_seconds: 30 }] },
      ],
      stop: [{ hooks: [{ command: hook }] }],
    },
  });
  const args = ["/it's/vtcode.cjs", 'mcp', '--socket', '/run/bridge.sock'];
  expect(mcp).toEqual({ enabled: true, providers: [{ name: 'piwork', command: '/usr/bin/node', args }] });
  expect(ui).toMatchObject({ status_line: { mode: 'command' } });
  expect(remarks).toEqual(['Your own hooks (1) stay as they are, and run beside ours.']);
});

test("keeps the person's own servers and status line", () => {
  const before =
    '[mcp]\nenabled = true\n[[mcp.providers]]\nname = "git"\ncommand = "g"\n[ui.status_line]\nmode = "hidden"\n';
  const { after, remarks } = planInstall(before, program, []);
  expect(parse(after)).toMatchObject({
    mcp: { providers: [{ name: 'git' }, { name: 'piwork' }] },
    ui: { status_line: { mode: 'hidden' } },
  });
  expect(remarks).toEqual(["Your own status line stays; statuses of extensions aren't shown."]);
});

test.each([
  ['[hooks.lifecycle]\npre_tool_use = [{ matcher = "x" }]\n', "vtcode.toml with our entries isn't valid TOML"],
  ['[mcp]\nenabled = false\n', 'a table [mcp] without `enabled = true`'],
  ['[mcp]\nenabled = true\n[[mcp.providers]]\nname = "piwork"\n', 'an MCP server of its own named piwork'],
  ['[agent\n', "vtcode.toml isn't valid TOML"],
])('refuses %j and says why', (before, why) => {
  expect(() => planInstall(before, program, [])).toThrow(why);
});

test('refuses when hooks of the workspace would turn ours off', () => {
  const workspace = [
    { path: '/ws/vtcode.toml', text: '[[hooks.lifecycle.stop]]\n[[hooks.lifecycle.stop.hooks]]\ncommand = "x"\n' },
  ];
  expect(() => planInstall('', program, workspace)).toThrow('/ws/vtcode.toml has hooks of its own');
  expect(() => planInstall('', program, [{ path: '/ws/vtcode.toml', text: '[agent]\n' }])).not.toThrow();
});

test('removes nothing when there is nothing of ours', () => {
  expect(() => planRemoval(theirs)).toThrow('has no entries of Piwork');
  expect(withoutOurs(theirs)).toBe(theirs);
});

test('shows a difference with the lines around it', () => {
  expect(lineDiff('a\nb\nc\nd\n', 'a\nb\nc\nd\nx\n')).toBe(' b\n c\n d\n+x\n ');
  expect(lineDiff('a\nx\nb', 'a\nb')).toBe(' a\n-x\n b');
  expect(lineDiff('a', 'a')).toBe('');
});
