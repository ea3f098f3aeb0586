@0xc6f13734b0b71fa7;

# The pi extension API as a contract between a harness (pi, VTCode) and a bridge: a process with extension logic.

annotation optional @0xdf6c4c78ef6ad1d4 (field) :Void;
# A null pointer means that the value is absent, not empty.

annotation boxed @0x981f21987a09d396 (struct) :Void;
# The struct stands for its one field, so that a number or a boolean can be absent.

annotation deadlineMs @0xdaff4328a322c67d (method) :UInt32;
# How long the caller waits for an answer where it does not say otherwise, in milliseconds; 0 is for ever.

enum ErrorCode {
  internalError @0;
  invalidMessage @1;
  frameTooLarge @2;
  protocolMismatch @3;
  deadlineExceeded @4;
  cancelled @5;
  disconnected @6;
  overloaded @7;
  unimplemented @8;
  notReady @9;
  notFound @10;
  invalidInput @11;
  denied @12;
}

struct ApiError {
  code @0 :ErrorCode;
  message @1 :Text;
  retryable @2 :Bool;
}

struct Done {}

struct BoxedBool $boxed { value @0 :Bool; }
struct BoxedFloat64 $boxed { value @0 :Float64; }

enum EventClass { gate @0; transform @1; notification @2; }

struct EventHeader {
  protocolVersion @0 :UInt32;
  seq @1 :UInt32;
  sessionId @2 :Text;
  harness @3 :Text;
  correlationId @4 :Text;
  deadlineMs @5 :UInt32;
}

struct PiEvent {
  header @0 :EventHeader;
  union {
    unknown @1 :UnknownEvent;
    sessionStart @2 :SessionStart;
    beforeAgentStart @3 :BeforeAgentStart;
    agentSettled @4 :AgentSettled;
    toolCall @5 :ToolCall;
    toolResult @6 :ToolResultEvent;
  }
}

struct UnknownEvent { name @0 :Text; json @1 :Text; }
enum SessionStartReason { startup @0; reload @1; new @2; resume @3; fork @4; }
struct SessionStart { reason @0 :SessionStartReason; previousSessionFile @1 :Text $optional; }
struct BeforeAgentStart { prompt @0 :Text; systemPromptDigest @1 :Text; }
struct AgentSettled { aborted @0 :Bool; }
struct ToolCall {
  toolCallId @0 :Text;
  toolName @1 :Text;
  inputJson @2 :Text;
  parentToolCallId @3 :Text $optional;
}
struct ToolResultEvent {
  toolCallId @0 :Text;
  toolName @1 :Text;
  inputJson @2 :Text;
  content @3 :List(ContentBlock);
  detailsJson @4 :Text $optional;
  isError @5 :Bool;
  parentToolCallId @6 :Text $optional;
}
struct ContentBlock {
  union {
    text @0 :Text;
    image :group { mimeType @1 :Text; data @2 :Data; }
  }
}

struct PiEventResponse {
  union {
    none @0 :Void;
    error @1 :ApiError;
    blockTool @2 :BlockTool;
    patchToolInput @3 :PatchToolInput;
    patchToolResult @4 :PatchToolResult;
    beforeAgentStart @5 :BeforeAgentStartPatch;
  }
}
struct BlockTool { reason @0 :Text; terminate @1 :Bool; }
struct PatchToolInput { inputJson @0 :Text; }
struct PatchToolResult {
  content @0 :List(ContentBlock) $optional;
  detailsJson @1 :Text $optional;
  isError @2 :BoxedBool $optional;
}
struct BeforeAgentStartPatch { message @0 :CustomMessage $optional; systemPrompt @1 :Text $optional; }
struct CustomMessage { customType @0 :Text; content @1 :List(ContentBlock); display @2 :Bool; detailsJson @3 :Text $optional; }

struct Attach { host @0 :PiHost; init @1 :BridgeInit; }
struct BridgeInit { sessionId @0 :Text; cwd @1 :Text; }
struct HostInfo { harness @0 :Text; harnessVersion @1 :Text; protocolVersion @2 :UInt32; capabilities @3 :List(Text); }
struct ExtensionManifest { name @0 :Text; version @1 :Text; events @2 :List(EventSubscription); }
struct EventSubscription { name @0 :Text; class @1 :EventClass; deadlineMs @2 :UInt32; }
struct ToolRequest { callId @0 :Text; toolName @1 :Text; inputJson @2 :Text; }
struct ToolResult { content @0 :List(ContentBlock); detailsJson @1 :Text $optional; isError @2 :Bool; }

struct UiAction {
  union {
    confirm :group { title @0 :Text; message @1 :Text; }
    notify :group { message @2 :Text; level @3 :NotifyLevel; }
  }
}
enum NotifyLevel { info @0; warning @1; error @2; }
struct UiReply { union { done @0 :Void; confirmed @1 :Bool; cancelled @2 :Void; } }
struct ActQuestion { toolCallId @0 :Text; sentence @1 :Text; acts @2 :List(Act); }
struct Act { kind @0 :ActKind; path @1 :Text; target @2 :Text $optional; count @3 :UInt32 = 1; }
enum ActKind { delete @0; move @1; rename @2; overwrite @3; network @4; privileged @5; longRunning @6; }
struct ActAnswer { allowed @0 :Bool; reason @1 :Text; }
struct LogLine { level @0 :NotifyLevel; message @1 :Text; }

interface PiExtensionBridge {
  attach @0 Attach -> Done;
  describe @1 HostInfo -> ExtensionManifest;
  handleEvent @2 PiEvent -> PiEventResponse;
  executeTool @3 ToolRequest -> ToolResult;
}

interface PiHost {
  uiAction @0 UiAction -> UiReply $deadlineMs(0);
  askAct @1 ActQuestion -> ActAnswer $deadlineMs(0);
  log @2 LogLine -> Done;
}
