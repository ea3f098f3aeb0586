@0xc6f13734b0b71fa7;

# The pi extension API as a contract between a harness (pi, VTCode) and a bridge: a process with extension logic.
#
#   harness ── attach, describe, handleEvent, executeTool, executeCommand, …, shutdown ──▶ bridge (PiExtensionBridge)
#   harness ◀── uiAction, askAct, toolUpdate, sendMessage, getEntries, execShell, … ────── bridge (PiHost, by attach)
#
# Order: attach, then describe, then anything. Events of one session are sent in the order in which they happen; the
# harness doesn't wait for notifications. shutdown comes last; a bridge also ends with its connection.
#
# - Every method takes one struct and returns one struct.
# - Values that belong to tools, models or sessions are JSON in a Text whose name ends in `Json`.
# - Pointer fields marked $optional are absent when null; all others read as empty. A $boxed struct is its one field.
# - Times are milliseconds, and end in `Ms`; points in time are milliseconds since 1970. Sizes are bytes.
# - Sets that pi or a model provider may extend (thinking levels, message roles, capabilities) are Text, closed ones enums.
# - A call fails with an RPC exception whose reason begins with an ErrorCode and a colon: `denied: the person said no`.
#   An unknown arm or value fails with `invalidMessage`. What an extension answers as part of its work (a blocked tool, a
#   tool's error) isn't a failed call: it is in the answer.
# - New fields and arms are added at the end; a harness sends an event without an arm in the contract as `unknown`.

annotation optional @0xdf6c4c78ef6ad1d4 (field) :Void;
# A null pointer means that the value is absent, not empty.

annotation boxed @0x981f21987a09d396 (struct) :Void;
# The struct is only its one field, so that a number or a boolean can be absent.

annotation deadlineMs @0xdaff4328a322c67d (method) :UInt32;
# How long the caller waits for an answer by default.

const protocolVersion :UInt32 = 1;
# Raised when an older side could misunderstand a newer one; each side refuses any number but its own.

# ── Errors ──────────────────────────────────────────────────────────────────────────────────────────────────────

enum ErrorCode {
  internalError @0;
  # A bug in the program
  invalidMessage @1;
  # A received message can't be read: out of bounds, nested too deeply, an unknown arm
  frameTooLarge @2;
  # A message is longer than the cap, or has too many segments
  protocolMismatch @3;
  # The other side uses another version
  deadlineExceeded @4;
  # No answer in time; the callee is notified that nobody waits any longer
  cancelled @5;
  # The caller cancelled the call
  disconnected @6;
  # The connection closed before the answer, or was closed when the call was made
  overloaded @7;
  # Too many calls are running
  unimplemented @8;
  # The other side doesn't support this; HostInfo.capabilities says so beforehand
  notReady @9;
  # Called before attach, or after shutdown
  notFound @10;
  # The named tool, command, entry or model doesn't exist
  invalidInput @11;
  # The input doesn't fit the method
  denied @12;
  # The person or a rule said no
}

struct ApiError {
  # An error as part of an answer
  code @0 :ErrorCode;
  message @1 :Text;
  # What happened and what to do next, for people
  retryable @2 :Bool;
  # Whether the same call may succeed later without changes
}

struct BoxedBool $boxed { value @0 :Bool; }
struct BoxedUInt32 $boxed { value @0 :UInt32; }
struct BoxedInt32 $boxed { value @0 :Int32; }
struct BoxedFloat64 $boxed { value @0 :Float64; }

struct Done {}
# An empty answer: it is done

# ── The bridge: served by the extension's process ───────────────────────────────────────────────────────────────

interface PiExtensionBridge {
  attach @0 Attach -> Done $deadlineMs(10000);
  # First on every connection: the host to call back, and everything that the bridge needs to know
  describe @1 HostInfo -> ExtensionManifest $deadlineMs(10000);
  # What the extension offers, given what the host can do
  handleEvent @2 PiEvent -> PiEventResponse $deadlineMs(30000);
  # The harness passes the deadline of the subscription as the deadline of the call
  executeTool @3 ToolRequest -> ToolResult $deadlineMs(3600000);
  # May send PiHost.toolUpdate until it answers
  executeCommand @4 CommandRequest -> CommandResponse $deadlineMs(3600000);
  executeShortcut @5 ShortcutRequest -> CommandResponse $deadlineMs(600000);
  completeArguments @6 CompletionRequest -> CompletionList $deadlineMs(2000);
  cancel @7 Cancel -> Done $deadlineMs(5000);
  # Ends executeTool, executeCommand or executeShortcut of the same callId early; unknown ids are ignored
  shutdown @8 Shutdown -> Done $deadlineMs(5000);
  # Last; the bridge answers when it has saved what it keeps
}

struct Attach {
  host @0 :PiHost;
  init @1 :BridgeInit;
}

struct BridgeInit {
  # Everything that a bridge knows about where it runs: it reads no environment
  sessionId @0 :Text;
  cwd @1 :Text;
  # Where the harness runs commands, an absolute path
  folders @2 :Folders;
  limits @3 :Limits;
  behaviourDigest @4 :Text $optional;
  # SHA-256 of the behaviour files, hexadecimal, for a bridge that keeps them compiled
  behaviourFiles @5 :List(BehaviourFile);
  # The main file first, then what it includes
  settings @6 :List(Setting);
  # The person's settings other than folders and limits
  stateFolder @7 :Text $optional;
  # Where the bridge may keep its journal, an absolute path
}

struct Folders {
  # Absolute paths as the harness sees them
  work @0 :Text $optional;
  # The folder that the person has chosen; a task may have none
  outputs @1 :Text $optional;
  uploads @2 :Text $optional;
  home @3 :Text $optional;
}

struct Limits {
  eventMs @0 :UInt32 = 30000;
  toolMs @1 :UInt32 = 600000;
  maximumCallsUnderWay @2 :UInt32 = 256;
  maximumFrameBytes @3 :UInt32 = 8388608;
}

struct BehaviourFile {
  name @0 :Text;
  # Path relative to the main file's folder
  text @1 :Text;
}

struct Setting {
  name @0 :Text;
  value @1 :Text;
}

struct HostInfo {
  protocolVersion @0 :UInt32 = 1;
  harness @1 :Text;
  # `pi`, `vtcode-tui`, `vtcode-acp`
  harnessVersion @2 :Text;
  mode @3 :Text;
  # pi's: `tui`, `rpc`, `json`, `print`
  hasUi @4 :Bool;
  # Whether a person can be asked
  capabilities @5 :List(Text);
  # Names of `hostCapabilities`; anything not listed fails with `unimplemented`
}

struct HostCapability {
  name @0 :Text;
  meaning @1 :Text;
}

const hostCapabilities :List(HostCapability) = [
  (name = "dialogs", meaning = "UiAction select, confirm and input get an answer from the person"),
  (name = "editorDialog", meaning = "UiAction editor gets an answer from the person"),
  (name = "notify", meaning = "UiAction notify is shown"),
  (name = "status", meaning = "UiAction setStatus and setTitle are shown"),
  (name = "widgets", meaning = "UiAction setWidget is shown"),
  (name = "editorText", meaning = "UiAction setEditorText, pasteToEditor and getEditorText reach the person's editor"),
  (name = "terminalUi", meaning = "UiAction setWorkingMessage, setWorkingVisible, setWorkingIndicator, setHiddenThinkingLabel, setToolsExpanded, getToolsExpanded, setTheme and getThemes have an effect"),
  (name = "blockTool", meaning = "the answer blockTool keeps a tool from running"),
  (name = "blockReason", meaning = "the reason of blockTool reaches the model"),
  (name = "terminate", meaning = "terminate of blockTool and of a tool's result ends the run"),
  (name = "patchToolInput", meaning = "the answer patchToolInput changes a tool's input"),
  (name = "patchToolResult", meaning = "the answer patchToolResult changes what the model sees of a result"),
  (name = "transformInput", meaning = "the answer input changes or handles what the person wrote"),
  (name = "addContext", meaning = "the answer beforeAgentStart adds a message or changes the system prompt"),
  (name = "continueRun", meaning = "the answer boundary adds entries or continues the run"),
  (name = "contextMessages", meaning = "the answer contextMessages replaces what is sent to the model"),
  (name = "provider", meaning = "provider requests, headers and cache warming can be seen and changed"),
  (name = "sessionGates", meaning = "switching, forking, compacting and moving in the tree can be cancelled or changed"),
  (name = "userBash", meaning = "commands that the person types can be answered by the bridge"),
  (name = "resources", meaning = "the answer resources adds skills, prompts and themes"),
  (name = "tools", meaning = "tools of the manifest can be called by the model"),
  (name = "toolUpdates", meaning = "PiHost.toolUpdate is shown while a tool runs"),
  (name = "runTool", meaning = "PiHost.runTool runs other tools for one of the bridge's own"),
  (name = "commands", meaning = "commands of the manifest can be typed, with completion of arguments"),
  (name = "sessionControl", meaning = "a command's answer can start, fork, switch or reload sessions"),
  (name = "shortcuts", meaning = "shortcuts of the manifest can be pressed"),
  (name = "flags", meaning = "flags of the manifest are known when the harness starts"),
  (name = "messages", meaning = "PiHost.sendMessage and sendUserMessage reach the model"),
  (name = "steer", meaning = "a message can be delivered while the model works"),
  (name = "entries", meaning = "PiHost.appendEntry, setLabel and setSessionName are kept with the session"),
  (name = "readSession", meaning = "PiHost.getEntries and getSessionInfo"),
  (name = "contextUsage", meaning = "PiHost.getContextUsage"),
  (name = "activeTools", meaning = "PiHost.getTools, getActiveTools and setActiveTools"),
  (name = "model", meaning = "PiHost.getModels, setModel and setThinkingLevel"),
  (name = "shell", meaning = "PiHost.execShell, in the task's sandbox"),
  (name = "abort", meaning = "PiHost.abort"),
  (name = "compact", meaning = "PiHost.compact"),
  (name = "registerProvider", meaning = "PiHost.registerProvider and unregisterProvider"),
  (name = "registerMcpServer", meaning = "PiHost.registerMcpServer, unregisterMcpServer and getMcpServers"),
  (name = "askAct", meaning = "PiHost.askAct is answered by the host's store of grants and by the person")
];

struct ExtensionManifest {
  protocolVersion @0 :UInt32 = 1;
  name @1 :Text;
  version @2 :Text;
  description @3 :Text $optional;
  behaviourDigest @4 :Text $optional;
  # SHA-256 of the behaviour files that this was made from, hexadecimal
  tools @5 :List(ToolDefinition);
  commands @6 :List(CommandDefinition);
  shortcuts @7 :List(ShortcutDefinition);
  flags @8 :List(FlagDefinition);
  events @9 :List(EventSubscription);
  # Events that aren't listed aren't sent
  needs @10 :List(Text);
  # Names of `hostCapabilities` that the extension can't work without
}

struct EventSubscription {
  name @0 :Text;
  # pi's name of the event
  class @1 :EventClass;
  deadlineMs @2 :UInt32;
  # 0 for the one in `eventKinds`
  toolNames @3 :List(Text);
  # For tool events: only these tools; empty for all
}

struct ToolDefinition {
  name @0 :Text;
  label @1 :Text;
  # For people
  description @2 :Text;
  # For the model
  promptSnippet @3 :Text $optional;
  promptGuidelines @4 :List(Text);
  parametersJson @5 :Text;
  # JSON Schema of the input
  outputSchemaJson @6 :Text $optional;
  # JSON Schema of ToolResult.structuredContentJson
  constrainedSamplingJson @7 :Text $optional;
  # pi's `false` or ConstrainedSamplingConfig
  exposure @8 :ToolExposure;
  namespace @9 :ToolNamespace $optional;
  annotations @10 :ToolAnnotations $optional;
  defaultActive @11 :BoxedBool $optional;
  executionMode @12 :ExecutionMode;
  reachesTools @13 :List(Text) $optional;
  # Names of the tools that it may run with runTool; absent for none
  deadlineMs @14 :UInt32;
  # 0 for Limits.toolMs
}

enum ToolExposure {
  # How the model reaches a tool
  direct @0;
  modelOnly @1;
  # pi's `model-only`
  codemode @2;
  deferred @3;
  hidden @4;
}

enum ExecutionMode {
  byDefault @0;
  # The harness's setting
  sequential @1;
  parallel @2;
}

struct ToolNamespace {
  name @0 :Text;
  aliases @1 :List(Text);
  description @2 :Text $optional;
  instructions @3 :Text $optional;
}

struct ToolAnnotations {
  # Hints from the tool's author, not verified
  readOnlyHint @0 :BoxedBool $optional;
  destructiveHint @1 :BoxedBool $optional;
  idempotentHint @2 :BoxedBool $optional;
  openWorldHint @3 :BoxedBool $optional;
}

struct CommandDefinition {
  name @0 :Text;
  # Without the slash
  description @1 :Text $optional;
  completesArguments @2 :Bool;
}

struct ShortcutDefinition {
  key @0 :Text;
  # pi's name of the key, such as `ctrl+shift+g`
  description @1 :Text $optional;
}

struct FlagDefinition {
  name @0 :Text;
  # Without dashes
  description @1 :Text $optional;
  union {
    boolean :group { byDefault @2 :Bool; }
    string :group { byDefault @3 :Text $optional; }
  }
}

struct ToolRequest {
  callId @0 :Text;
  # pi's id of the tool call; also for toolUpdate, runTool and cancel
  toolName @1 :Text;
  inputJson @2 :Text;
}

struct ToolResult {
  content @0 :List(ContentBlock);
  detailsJson @1 :Text $optional;
  # Kept with the session, not seen by the model
  structuredContentJson @2 :Text $optional;
  isError @3 :Bool;
  usageJson @4 :Text $optional;
  # pi's Usage, when the tool has asked a model itself
  terminate @5 :Bool;
  # Whether the run ends after this tool
}

struct ContentBlock {
  union {
    text @0 :Text;
    image :group {
      mimeType @1 :Text;
      data @2 :Data;
    }
  }
}

struct CommandRequest {
  callId @0 :Text;
  name @1 :Text;
  arguments @2 :Text;
  # What follows the name, as typed
}

struct ShortcutRequest {
  callId @0 :Text;
  key @1 :Text;
}

struct CommandResponse {
  union {
    done @0 :Void;
    error @1 :ApiError;
    control @2 :SessionControl;
    # The harness does this after the command has ended, because it may load the extension again
  }
}

struct SessionControl {
  union {
    newSession :group { parentSession @0 :Text $optional; }
    fork :group {
      entryId @1 :Text;
      position @2 :ForkPosition;
    }
    navigateTree :group {
      targetId @3 :Text;
      summarize @4 :Bool;
      customInstructions @5 :Text $optional;
      replaceInstructions @6 :Bool;
      label @7 :Text $optional;
    }
    switchSession :group { sessionPath @8 :Text; }
    reload @9 :Void;
  }
}

enum ForkPosition { before @0; at @1; }

struct CompletionRequest {
  name @0 :Text;
  # The command's name
  prefix @1 :Text;
  # The argument, as typed so far
}

struct CompletionList { items @0 :List(Completion); }

struct Completion {
  value @0 :Text;
  label @1 :Text;
  description @2 :Text $optional;
}

struct Cancel {
  callId @0 :Text;
  reason @1 :Text;
}

struct Shutdown { reason @0 :ShutdownReason; }

# ── The host: served by the harness, passed in attach ───────────────────────────────────────────────────────────

interface PiHost {
  uiAction @0 UiAction -> UiReply $deadlineMs(3600000);
  # The person answers actions that ask something; everything else is answered immediately
  askAct @1 ActQuestion -> ActAnswer $deadlineMs(3600000);
  # Whether acts on the person's files and computer are allowed: by an existing grant, or by asking
  toolUpdate @2 ToolUpdate -> Done;
  # Shows what a running tool has so far
  runTool @3 NestedTool -> ToolResult $deadlineMs(3600000);
  # Runs another tool for a running one, through the same gates
  sendMessage @4 SendMessage -> Done;
  sendUserMessage @5 SendUserMessage -> Done;
  appendEntry @6 AppendEntry -> Done;
  setLabel @7 SetLabel -> Done;
  setSessionName @8 SetSessionName -> Done;
  getEntries @9 EntriesQuery -> EntryPage;
  getSessionInfo @10 SessionInfoQuery -> SessionInfo;
  getContextUsage @11 ContextUsageQuery -> ContextUsage;
  getTools @12 ToolsQuery -> ToolList;
  getActiveTools @13 ActiveToolsQuery -> ToolNames;
  setActiveTools @14 ToolNames -> Done;
  getCommands @15 CommandsQuery -> CommandList;
  getFlag @16 FlagQuery -> FlagValue;
  getSettings @17 SettingsQuery -> HarnessSettings;
  setModel @18 ModelRef -> SetModelReply;
  setThinkingLevel @19 SetThinkingLevel -> Done;
  execShell @20 ShellRequest -> ShellResult $deadlineMs(3600000);
  abort @21 Abort -> Done;
  compact @22 Compact -> Done;
  # Starts a compaction without waiting for it
  quit @23 Quit -> Done;
  # Ends the harness cleanly
  registerProvider @24 ProviderDefinition -> Done;
  unregisterProvider @25 ProviderName -> Done;
  registerMcpServer @26 McpServer -> Done;
  unregisterMcpServer @27 McpServerName -> Done;
  getMcpServers @28 McpServersQuery -> McpServerList;
  log @29 LogLine -> Done;
  # For developers; the harness logs it and doesn't show it in the conversation
  getModels @30 ModelsQuery -> ModelList;
}

struct UiAction {
  callId @0 :Text $optional;
  # The tool, command or event that shows it
  timeoutMs @1 :BoxedUInt32 $optional;
  # The dialog then closes and counts as cancelled
  union {
    select :group {
      title @2 :Text;
      options @3 :List(Text);
    }
    confirm :group {
      title @4 :Text;
      message @5 :Text;
    }
    input :group {
      title @6 :Text;
      placeholder @7 :Text $optional;
    }
    editor :group {
      title @8 :Text;
      prefill @9 :Text $optional;
    }
    notify :group {
      message @10 :Text;
      level @11 :NotifyLevel;
    }
    setStatus :group {
      key @12 :Text;
      text @13 :Text $optional;
      # Absent to clear it
    }
    setWidget :group {
      key @14 :Text;
      lines @15 :List(Text) $optional;
      # Absent to remove it
      placement @16 :WidgetPlacement;
    }
    setTitle :group { title @17 :Text; }
    setEditorText :group { text @18 :Text; }
    pasteToEditor :group { text @19 :Text; }
    getEditorText @20 :Void;
    setWorkingMessage :group { message @21 :Text $optional; }
    setWorkingVisible :group { visible @22 :Bool; }
    setWorkingIndicator :group {
      frames @23 :List(Text) $optional;
      intervalMs @24 :BoxedUInt32 $optional;
    }
    setHiddenThinkingLabel :group { label @25 :Text $optional; }
    setToolsExpanded :group { expanded @26 :Bool; }
    getToolsExpanded @27 :Void;
    setTheme :group { name @28 :Text; }
    getThemes @29 :Void;
  }
}

enum NotifyLevel { info @0; warning @1; error @2; }

enum WidgetPlacement { aboveEditor @0; belowEditor @1; }

struct UiReply {
  union {
    done @0 :Void;
    # Shown; needs no answer
    confirmed @1 :Bool;
    value @2 :Text;
    # For select, input, editor and getEditorText
    cancelled @3 :Void;
    # Closed without an answer: by the person, by the time-out, or because the run was stopped
    expanded @4 :Bool;
    themes @5 :List(Theme);
    failed @6 :Text;
    # The harness tried and failed, with the reason
  }
}

struct Theme {
  name @0 :Text;
  path @1 :Text $optional;
}

struct ActQuestion {
  toolCallId @0 :Text;
  sentence @1 :Text;
  # What is about to happen, for people: `delete 3 files in Reports?`
  acts @2 :List(Act);
  timeoutMs @3 :BoxedUInt32 $optional;
  # No answer until then means no; absent for the person's own setting
}

struct Act {
  kind @0 :ActKind;
  path @1 :Text;
  # An absolute path as the harness sees it, or a host name, or the command
  target @2 :Text $optional;
  # Where it is moved to
  count @3 :UInt32 = 1;
  # Number of files, when `path` is a folder or a pattern
}

enum ActKind {
  delete @0;
  move @1;
  rename @2;
  overwrite @3;
  network @4;
  privileged @5;
  longRunning @6;
}

struct ActAnswer {
  allowed @0 :Bool;
  reason @1 :Text;
  # For the model and the ledger
  scope @2 :GrantScope;
  decidedBy @3 :ActDecider;
}

enum GrantScope { once @0; turn @1; task @2; always @3; }

enum ActDecider {
  person @0;
  grant @1;
  # A grant that the person gave earlier
  setting @2;
  # The person's setting: never ask, or always deny
  timeout @3;
}

struct ToolUpdate {
  callId @0 :Text;
  content @1 :List(ContentBlock);
  detailsJson @2 :Text $optional;
}

struct NestedTool {
  callId @0 :Text;
  # The tool that asks
  toolName @1 :Text;
  inputJson @2 :Text;
}

struct CustomMessage {
  customType @0 :Text;
  content @1 :List(ContentBlock);
  display @2 :Bool;
  # Whether the person sees it
  detailsJson @3 :Text $optional;
}

struct SendMessage {
  message @0 :CustomMessage;
  triggerTurn @1 :Bool;
  # Whether the model is asked immediately
  deliverAs @2 :Delivery;
}

struct SendUserMessage {
  content @0 :List(ContentBlock);
  deliverAs @1 :Delivery;
  expandPromptTemplates @2 :Bool;
}

enum Delivery {
  # When a message reaches a working model
  byDefault @0;
  steer @1;
  # After the tools that are running
  followUp @2;
  # After the run
  nextTurn @3;
  # With the person's next message
}

struct AppendEntry {
  # Kept with the session, not seen by the model
  customType @0 :Text;
  dataJson @1 :Text $optional;
}

struct SetLabel {
  entryId @0 :Text;
  label @1 :Text $optional;
  # Absent to remove it
}

struct SetSessionName { name @0 :Text; }

struct EntriesQuery {
  since @0 :Text $optional;
  # Id of the last known entry; returns the entries after it. Unknown ids fail with `notFound`
  limit @1 :UInt32 = 200;
  types @2 :List(Text);
  # Only entries of these types; empty for all
}

struct EntryPage {
  entries @0 :List(SessionEntry);
  leafId @1 :Text $optional;
  hasMore @2 :Bool;
}

struct SessionEntry {
  id @0 :Text;
  parentId @1 :Text $optional;
  type @2 :Text;
  json @3 :Text;
  # The whole entry, as in the session file
}

struct SessionInfoQuery {
  withSystemPrompt @0 :Bool;
}

struct SessionInfo {
  sessionId @0 :Text;
  sessionFile @1 :Text $optional;
  name @2 :Text $optional;
  cwd @3 :Text;
  leafId @4 :Text $optional;
  isIdle @5 :Bool;
  hasPendingMessages @6 :Bool;
  isProjectTrusted @7 :Bool;
  model @8 :ModelRef $optional;
  thinkingLevel @9 :Text $optional;
  systemPrompt @10 :Text $optional;
}

struct ContextUsageQuery {}

struct ContextUsage {
  tokens @0 :BoxedUInt32 $optional;
  # Absent when unknown, such as just after a compaction
  contextWindow @1 :UInt32;
  percent @2 :BoxedFloat64 $optional;
}

struct ToolsQuery {}

struct ToolList { tools @0 :List(ToolInfo); }

struct ToolInfo {
  name @0 :Text;
  description @1 :Text;
  parametersJson @2 :Text;
  promptGuidelines @3 :List(Text);
  exposure @4 :ToolExposure;
  namespace @5 :ToolNamespace $optional;
  annotations @6 :ToolAnnotations $optional;
  source @7 :Text;
  # Path of the extension, or `builtin`
}

struct ActiveToolsQuery {}

struct ToolNames { names @0 :List(Text); }

struct CommandsQuery {}

struct CommandList { commands @0 :List(CommandInfo); }

struct CommandInfo {
  name @0 :Text;
  description @1 :Text $optional;
  source @2 :Text;
  # `extension`, `prompt`, `skill`
}

struct FlagQuery { name @0 :Text; }

struct FlagValue {
  union {
    absent @0 :Void;
    boolean @1 :Bool;
    string @2 :Text;
  }
}

struct SettingsQuery {}

struct HarnessSettings {
  json @0 :Text;
  # The harness's own settings, without keys
}

struct ModelRef {
  provider @0 :Text;
  id @1 :Text;
}

struct ModelsQuery {
  scopedOnly @0 :Bool;
  # Only the models that the person has chosen for this session
}

struct ModelList { models @0 :List(ModelInfo); }

struct ModelInfo {
  model @0 :ModelRef;
  name @1 :Text;
  contextWindow @2 :UInt32;
  # Tokens
  takesImages @3 :Bool;
  isReasoning @4 :Bool;
}

struct SetModelReply {
  changed @0 :Bool;
  # False when there is no key for it
}

struct SetThinkingLevel { level @0 :Text; }

struct ShellRequest {
  command @0 :Text;
  args @1 :List(Text) $optional;
  # Absent to run `command` in a shell
  cwd @2 :Text $optional;
  timeoutMs @3 :BoxedUInt32 $optional;
  maximumOutputBytes @4 :BoxedUInt32 $optional;
}

struct ShellResult {
  stdout @0 :Text;
  stderr @1 :Text;
  exitCode @2 :BoxedInt32 $optional;
  # Absent when a signal ended it
  killed @3 :Bool;
  truncated @4 :Bool;
}

struct Abort {}

struct Compact { customInstructions @0 :Text $optional; }

struct Quit {}

struct ProviderDefinition {
  name @0 :Text;
  configJson @1 :Text;
  # pi's ProviderConfig, without the members that are functions
}

struct ProviderName { name @0 :Text; }

struct McpServer {
  name @0 :Text;
  configJson @1 :Text;
}

struct McpServerName { name @0 :Text; }

struct McpServersQuery {}

struct McpServerList { servers @0 :List(McpServer); }

struct LogLine {
  level @0 :NotifyLevel;
  message @1 :Text;
}

# ── Events ──────────────────────────────────────────────────────────────────────────────────────────────────────

enum EventClass {
  gate @0;
  # The harness waits; no answer in time, or a failed bridge, means no
  transform @1;
  # The harness waits; no answer in time, or a failed bridge, changes nothing
  notification @2;
  # The harness doesn't wait, and ignores the answer
}

struct EventKind {
  name @0 :Text;
  # pi's name of the event
  class @1 :EventClass;
  deadlineMs @2 :UInt32;
  # How long the harness waits if the subscription doesn't say; for a notification, how long it may take
  isHot @3 :Bool;
  # Frequent or large: only for extensions that need it
  responses @4 :List(Text);
  # Arms of PiEventResponse that it allows, besides `none` and `error`
}

const eventKinds :List(EventKind) = [
  # One for each arm of PiEvent except `unknown`, in the same order. A gate may ask the person, so its deadline is long.
  (name = "project_trust", class = gate, deadlineMs = 180000, responses = ["projectTrust"]),
  (name = "resources_discover", class = transform, deadlineMs = 5000, responses = ["resources"]),
  (name = "session_start", class = notification, deadlineMs = 10000),
  (name = "session_info_changed", class = notification, deadlineMs = 5000),
  (name = "session_before_switch", class = gate, deadlineMs = 180000, responses = ["cancel"]),
  (name = "session_before_fork", class = gate, deadlineMs = 180000, responses = ["cancel"]),
  (name = "session_before_compact", class = transform, deadlineMs = 120000, responses = ["cancel", "compaction"]),
  (name = "session_compact", class = notification, deadlineMs = 5000),
  (name = "session_compact_failed", class = notification, deadlineMs = 5000),
  (name = "session_shutdown", class = notification, deadlineMs = 2000),
  (name = "session_before_tree", class = transform, deadlineMs = 120000, responses = ["cancel", "tree"]),
  (name = "session_tree", class = notification, deadlineMs = 5000),
  (name = "mcp_servers_change", class = notification, deadlineMs = 5000, isHot = true),
  (name = "context", class = transform, deadlineMs = 5000, isHot = true, responses = ["contextMessages"]),
  (name = "context_with_system", class = transform, deadlineMs = 5000, isHot = true, responses = ["contextMessages"]),
  (name = "cache_warming_decision", class = transform, deadlineMs = 2000, responses = ["cacheWarming"]),
  (name = "before_provider_request", class = transform, deadlineMs = 5000, isHot = true, responses = ["providerRequest"]),
  (name = "before_provider_headers", class = transform, deadlineMs = 2000, responses = ["headers"]),
  (name = "after_provider_response", class = notification, deadlineMs = 5000),
  (name = "provider_stream_event", class = notification, deadlineMs = 1000, isHot = true),
  (name = "before_agent_start", class = transform, deadlineMs = 10000, responses = ["beforeAgentStart"]),
  (name = "agent_start", class = notification, deadlineMs = 5000),
  (name = "agent_end", class = notification, deadlineMs = 5000),
  (name = "agent_before_settle", class = transform, deadlineMs = 10000, responses = ["boundary"]),
  (name = "agent_settled", class = notification, deadlineMs = 5000),
  (name = "ui_prompt_start", class = notification, deadlineMs = 5000),
  (name = "ui_prompt_end", class = notification, deadlineMs = 5000),
  (name = "turn_start", class = notification, deadlineMs = 5000),
  (name = "turn_end", class = transform, deadlineMs = 10000, responses = ["boundary"]),
  (name = "message_start", class = notification, deadlineMs = 5000),
  (name = "message_update", class = notification, deadlineMs = 1000, isHot = true),
  (name = "message_end", class = transform, deadlineMs = 5000, responses = ["messageEnd"]),
  (name = "tool_execution_start", class = notification, deadlineMs = 5000),
  (name = "tool_execution_update", class = notification, deadlineMs = 1000, isHot = true),
  (name = "tool_execution_end", class = notification, deadlineMs = 5000),
  (name = "model_select", class = notification, deadlineMs = 5000),
  (name = "thinking_level_select", class = notification, deadlineMs = 5000),
  (name = "tool_call", class = gate, deadlineMs = 180000, responses = ["blockTool", "patchToolInput"]),
  (name = "tool_result", class = transform, deadlineMs = 10000, responses = ["patchToolResult"]),
  (name = "user_bash", class = gate, deadlineMs = 180000, responses = ["userBashResult"]),
  (name = "input", class = transform, deadlineMs = 10000, responses = ["input"])
];

struct PiEvent {
  header @0 :EventHeader;
  union {
    unknown @1 :UnknownEvent;
    projectTrust @2 :ProjectTrust;
    resourcesDiscover @3 :ResourcesDiscover;
    sessionStart @4 :SessionStart;
    sessionInfoChanged @5 :SessionInfoChanged;
    sessionBeforeSwitch @6 :SessionBeforeSwitch;
    sessionBeforeFork @7 :SessionBeforeFork;
    sessionBeforeCompact @8 :SessionBeforeCompact;
    sessionCompact @9 :SessionCompact;
    sessionCompactFailed @10 :SessionCompactFailed;
    sessionShutdown @11 :SessionShutdown;
    sessionBeforeTree @12 :SessionBeforeTree;
    sessionTree @13 :SessionTree;
    mcpServersChange @14 :McpServerList;
    context @15 :ContextMessages;
    contextWithSystem @16 :ContextMessages;
    cacheWarmingDecision @17 :CacheWarmingDecision;
    beforeProviderRequest @18 :ProviderRequest;
    beforeProviderHeaders @19 :ProviderHeaders;
    afterProviderResponse @20 :AfterProviderResponse;
    providerStreamEvent @21 :ProviderStreamEvent;
    beforeAgentStart @22 :BeforeAgentStart;
    agentStart @23 :AgentStart;
    agentEnd @24 :AgentEnd;
    agentBeforeSettle @25 :AgentBeforeSettle;
    agentSettled @26 :AgentSettled;
    uiPromptStart @27 :UiPrompt;
    uiPromptEnd @28 :UiPrompt;
    turnStart @29 :TurnStart;
    turnEnd @30 :TurnEnd;
    messageStart @31 :MessageEvent;
    messageUpdate @32 :MessageUpdate;
    messageEnd @33 :MessageEvent;
    toolExecutionStart @34 :ToolExecutionStart;
    toolExecutionUpdate @35 :ToolExecutionUpdate;
    toolExecutionEnd @36 :ToolExecutionEnd;
    modelSelect @37 :ModelSelect;
    thinkingLevelSelect @38 :ThinkingLevelSelect;
    toolCall @39 :ToolCall;
    toolResult @40 :ToolResultEvent;
    userBash @41 :UserBash;
    input @42 :InputEvent;
  }
}

struct EventHeader {
  protocolVersion @0 :UInt32 = 1;
  seq @1 :UInt32;
  # Counts a session's events from 1, including those that weren't sent: a gap is a loss
  sessionId @2 :Text;
  harness @3 :Text;
  correlationId @4 :Text;
  # The same for everything that belongs together: pi's tool call id, or the turn
  deadlineMs @5 :UInt32;
  # The harness then continues without the answer
  atMs @6 :Float64;
}

struct UnknownEvent {
  # An event without an arm in this version
  name @0 :Text;
  json @1 :Text;
}

struct ProjectTrust {
  # Whether the project's own extensions and settings may be loaded
  cwd @0 :Text;
  mode @1 :Text;
  hasUi @2 :Bool;
}

struct ResourcesDiscover {
  cwd @0 :Text;
  reason @1 :ResourcesReason;
}
enum ResourcesReason { startup @0; reload @1; }

struct SessionStart {
  reason @0 :SessionStartReason;
  previousSessionFile @1 :Text $optional;
}
enum SessionStartReason { startup @0; reload @1; new @2; resume @3; fork @4; }

struct SessionInfoChanged { name @0 :Text $optional; }

struct SessionBeforeSwitch {
  reason @0 :SwitchReason;
  targetSessionFile @1 :Text $optional;
}
enum SwitchReason { new @0; resume @1; }

struct SessionBeforeFork {
  entryId @0 :Text;
  position @1 :ForkPosition;
}

struct SessionBeforeCompact {
  # The messages themselves are read with getEntries
  reason @0 :CompactReason;
  willRetry @1 :Bool;
  # Whether the request that was too long is sent again afterwards
  firstKeptEntryId @2 :Text;
  tokensBefore @3 :UInt32;
  isSplitTurn @4 :Bool;
  messageCount @5 :UInt32;
  # Number of messages that will be summarised
  turnPrefixCount @6 :UInt32;
  previousSummary @7 :Text $optional;
  customInstructions @8 :Text $optional;
  readFiles @9 :List(Text);
  writtenFiles @10 :List(Text);
  editedFiles @11 :List(Text);
  reserveTokens @12 :UInt32;
  keepRecentTokens @13 :UInt32;
}
enum CompactReason { manual @0; threshold @1; overflow @2; }

struct SessionCompact {
  reason @0 :CompactReason;
  willRetry @1 :Bool;
  fromExtension @2 :Bool;
  entryId @3 :Text;
  summary @4 :Text;
  firstKeptEntryId @5 :Text $optional;
  tokensBefore @6 :UInt32;
}

struct SessionCompactFailed {
  reason @0 :CompactReason;
  willRetry @1 :Bool;
  fromExtension @2 :Bool;
  aborted @3 :Bool;
  errorMessage @4 :Text $optional;
}

struct SessionShutdown {
  reason @0 :ShutdownReason;
  targetSessionFile @1 :Text $optional;
}
enum ShutdownReason { quit @0; reload @1; new @2; resume @3; fork @4; }

struct SessionBeforeTree {
  # The entries themselves are read with getEntries
  targetId @0 :Text;
  oldLeafId @1 :Text $optional;
  commonAncestorId @2 :Text $optional;
  entryIdsToSummarize @3 :List(Text);
  userWantsSummary @4 :Bool;
  customInstructions @5 :Text $optional;
  replaceInstructions @6 :BoxedBool $optional;
  label @7 :Text $optional;
}

struct SessionTree {
  newLeafId @0 :Text $optional;
  oldLeafId @1 :Text $optional;
  summaryEntryId @2 :Text $optional;
  fromExtension @3 :BoxedBool $optional;
}

struct ContextMessages {
  messages @0 :List(Message);
}

struct Message {
  role @0 :Text;
  # pi's: user, assistant, toolResult, custom and others
  json @1 :Text;
  # The whole message
}

struct CacheWarmingDecision {
  # Costs in US dollars; whether a provider's cache is kept warm
  warmCost @0 :Float64;
  missCost @1 :Float64;
  continuationProbability @2 :Float64;
  action @3 :CacheWarmingAction;
}
enum CacheWarmingAction { warm @0; stop @1; }

struct ProviderRequest {
  payloadJson @0 :Text;
}

struct ProviderHeaders {
  # Values of headers that carry keys are empty; setting them has no effect
  headers @0 :List(Header);
}

struct Header {
  name @0 :Text;
  value @1 :Text $optional;
  # Absent to remove it
}

struct AfterProviderResponse {
  status @0 :UInt16;
  headers @1 :List(Header);
}

struct ProviderStreamEvent {
  provider @0 :Text;
  api @1 :Text;
  model @2 :Text;
  dataJson @3 :Text;
}

struct BeforeAgentStart {
  prompt @0 :Text;
  # What the person wrote, or the text of `customMessage`
  systemPromptDigest @1 :Text;
  # SHA-256, hexadecimal; the prompt itself is read with getSessionInfo
  imageCount @2 :UInt32;
  customMessage @3 :CustomMessage $optional;
  # When an extension's message started the run
}

struct AgentStart {}

struct AgentEnd {
  messageCount @0 :UInt32;
  lastAssistantText @1 :Text $optional;
  stopReason @2 :Text $optional;
}

enum Outcome { completed @0; aborted @1; error @2; }

struct AgentBeforeSettle {
  outcome @0 :Outcome;
  entries @1 :List(EntryDraft);
  continues @2 :Bool;
}

struct EntryDraft {
  # What a boundary adds to the session
  union {
    custom :group {
      customType @0 :Text;
      dataJson @1 :Text $optional;
    }
    customMessage @2 :CustomMessage;
    contextEdit :group {
      targetId @3 :Text;
      replacementJson @4 :Text;
    }
    compaction :group {
      summary @5 :Text;
      firstKeptEntryId @6 :Text $optional;
      detailsJson @7 :Text $optional;
      usageJson @8 :Text $optional;
    }
  }
}

struct AgentSettled { aborted @0 :Bool; }

struct UiPrompt {
  kind @0 :UiPromptKind;
  title @1 :Text $optional;
}
enum UiPromptKind { select @0; confirm @1; input @2; editor @3; custom @4; }

struct TurnStart {
  turnIndex @0 :UInt32;
  atMs @1 :Float64;
}

struct TurnEnd {
  turnIndex @0 :UInt32;
  message @1 :Message;
  toolResults @2 :List(ToolResultSummary);
  messageEntryId @3 :Text;
  toolResultEntryIds @4 :List(Text);
  outcome @5 :Outcome;
  entries @6 :List(EntryDraft);
  continues @7 :Bool;
}

struct ToolResultSummary {
  toolCallId @0 :Text;
  toolName @1 :Text;
  isError @2 :Bool;
}

struct MessageEvent { message @0 :Message; }

struct MessageUpdate {
  # Deltas only, never the message so far
  kind @0 :Text;
  # pi's assistantMessageEvent: text_delta, thinking_delta, toolcall_delta and others
  contentIndex @1 :UInt32;
  delta @2 :Text;
}

struct ToolExecutionStart {
  toolCallId @0 :Text;
  toolName @1 :Text;
  argsJson @2 :Text;
  parentToolCallId @3 :Text $optional;
}

struct ToolExecutionUpdate {
  toolCallId @0 :Text;
  toolName @1 :Text;
  partialResultJson @2 :Text;
  parentToolCallId @3 :Text $optional;
}

struct ToolExecutionEnd {
  toolCallId @0 :Text;
  toolName @1 :Text;
  resultJson @2 :Text;
  isError @3 :Bool;
  durationMs @4 :BoxedFloat64 $optional;
  parentToolCallId @5 :Text $optional;
}

struct ModelSelect {
  model @0 :ModelRef;
  previousModel @1 :ModelRef $optional;
  source @2 :ModelSelectSource;
}
enum ModelSelectSource { set @0; cycle @1; restore @2; }

struct ThinkingLevelSelect {
  level @0 :Text;
  previousLevel @1 :Text;
}

struct ToolCall {
  toolCallId @0 :Text;
  toolName @1 :Text;
  inputJson @2 :Text;
  parentToolCallId @3 :Text $optional;
  # The tool that runs this one
}

struct ToolResultEvent {
  toolCallId @0 :Text;
  toolName @1 :Text;
  inputJson @2 :Text;
  content @3 :List(ContentBlock);
  detailsJson @4 :Text $optional;
  structuredContentJson @5 :Text $optional;
  isError @6 :Bool;
  usageJson @7 :Text $optional;
  parentToolCallId @8 :Text $optional;
}

struct UserBash {
  command @0 :Text;
  excludeFromContext @1 :Bool;
  cwd @2 :Text;
}

struct InputEvent {
  text @0 :Text;
  images @1 :List(ContentBlock);
  source @2 :InputSource;
  streamingBehavior @3 :Delivery;
  # byDefault when the model is idle
}
enum InputSource { interactive @0; rpc @1; extension @2; }

# ── Answers to events ───────────────────────────────────────────────────────────────────────────────────────────

struct PiEventResponse {
  # `eventKinds` says which arms each event allows; any other is logged and counts as `none`
  union {
    none @0 :Void;
    error @1 :ApiError;
    # The extension failed: a gate says no, everything else continues
    blockTool @2 :BlockTool;
    patchToolInput @3 :PatchToolInput;
    patchToolResult @4 :PatchToolResult;
    cancel @5 :CancelAnswer;
    input @6 :InputAnswer;
    beforeAgentStart @7 :BeforeAgentStartAnswer;
    boundary @8 :BoundaryAnswer;
    resources @9 :ResourcesAnswer;
    userBashResult @10 :UserBashAnswer;
    compaction @11 :CompactionAnswer;
    tree @12 :TreeAnswer;
    contextMessages @13 :ContextMessages;
    messageEnd @14 :MessageEvent;
    headers @15 :ProviderHeaders;
    providerRequest @16 :ProviderRequest;
    cacheWarming @17 :CacheWarmingAnswer;
    projectTrust @18 :ProjectTrustAnswer;
  }
}

struct BlockTool {
  reason @0 :Text;
  # For the model
  terminate @1 :Bool;
  # Whether the run ends too
}

struct PatchToolInput {
  inputJson @0 :Text;
  # The whole new input
}

struct PatchToolResult {
  # Absent fields stay as they are
  content @0 :List(ContentBlock) $optional;
  detailsJson @1 :Text $optional;
  structuredContentJson @2 :Text $optional;
  isError @3 :BoxedBool $optional;
  usageJson @4 :Text $optional;
}

struct CancelAnswer {
  reason @0 :Text $optional;
  # Shown to the person
  skipConversationRestore @1 :Bool;
  # For a fork only
}

struct InputAnswer {
  union {
    continue @0 :Void;
    transform :group {
      text @1 :Text;
      images @2 :List(ContentBlock) $optional;
    }
    handled @3 :Void;
    # The bridge has done what the person asked: no run starts
  }
}

struct BeforeAgentStartAnswer {
  message @0 :CustomMessage $optional;
  systemPrompt @1 :Text $optional;
  # The whole new prompt
  appendToSystemPrompt @2 :Text $optional;
  # Added to the end of the prompt, for extensions that haven't read it
}

struct BoundaryAnswer {
  entries @0 :List(EntryDraft) $optional;
  continues @1 :BoxedBool $optional;
}

struct ResourcesAnswer {
  skillPaths @0 :List(Text);
  promptPaths @1 :List(Text);
  themePaths @2 :List(Text);
}

struct UserBashAnswer {
  output @0 :Text;
  exitCode @1 :BoxedInt32 $optional;
  cancelled @2 :Bool;
  truncated @3 :Bool;
  fullOutputPath @4 :Text $optional;
}

struct CompactionAnswer {
  summary @0 :Text;
  firstKeptEntryId @1 :Text;
  tokensBefore @2 :UInt32;
  usageJson @3 :Text $optional;
  detailsJson @4 :Text $optional;
}

struct TreeAnswer {
  summary @0 :TreeSummary $optional;
  customInstructions @1 :Text $optional;
  replaceInstructions @2 :BoxedBool $optional;
  label @3 :Text $optional;
}

struct TreeSummary {
  summary @0 :Text;
  detailsJson @1 :Text $optional;
  usageJson @2 :Text $optional;
}

struct CacheWarmingAnswer { action @0 :CacheWarmingAction; }

struct ProjectTrustAnswer {
  trusted @0 :TrustDecision;
  remember @1 :Bool;
}
enum TrustDecision { undecided @0; yes @1; no @2; }
