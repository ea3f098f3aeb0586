// A separate home folder for VTCode, with the scripted model as its only provider.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const config = (/** @type {number} */ port) => `[agent]
provider = "scripted"
default_model = "scripted"
api_key_env = "SCRIPTED_API_KEY"
[agent.harness]
orchestration_mode = "single"
continuation_policy = "off"
[agent.harness.continuation]
auto_continue_tracker = false
[[custom_providers]]
name = "scripted"
display_name = "Scripted"
base_url = "http://127.0.0.1:${port}/v1"
api_key_env = "SCRIPTED_API_KEY"
model = "scripted"
models = ["scripted"]
context_window = 128000
supports_tools = true
supports_reasoning = false
[automation.full_auto]
enabled = true
require_profile_ack = false
max_turns = 12
allowed_tools = ["*"]
[acp]
enabled = true
[acp.zed]
enabled = true
`;

/** @param {string} home @param {number} port @returns {Promise<{ env: Record<string, string>, configFile: string }>} */
export async function vtcodeHome(home, port) {
  const configFile = join(home, '.config/vtcode/vtcode.toml');
  await mkdir(join(home, '.config/vtcode'), { recursive: true });
  await writeFile(configFile, config(port));
  const env = {
    ...{ PATH: process.env.PATH ?? '', HOME: home, LANG: 'C.UTF-8', TERM: 'xterm-256color' },
    ...{ SCRIPTED_API_KEY: 'dummy', VTCODE_TRUST_WORKSPACE: 'full-auto' },
  };
  return { env, configFile };
}

/** VTCode's tool for a shell command. @param {string} command */
export const execCommand = (command) => ({ name: 'exec_command', input: { cmd: command } });
