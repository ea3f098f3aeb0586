//! The bridge as the harness calls it. Missing methods answer `unimplemented`.

use crate::counting::{self, Session};
use crate::fault::{fault, not_ready};
use crate::pi_api_capnp::{PROTOCOL_VERSION, pi_event, pi_extension_bridge as api};
use crate::{gate, manifest};
use capnp::Result;
use std::{cell::RefCell, collections::HashMap, rc::Rc};
use tokio::sync::oneshot;

#[derive(Default)]
pub struct Bridge {
    session: RefCell<Option<Session>>,
    /// Tools that are running, by their call's id; removing one ends it.
    running: RefCell<HashMap<String, oneshot::Sender<String>>>,
}

impl Bridge {
    fn session(&self) -> Result<Session> {
        self.session.borrow().clone().ok_or_else(not_ready)
    }
}

impl api::Server for Bridge {
    async fn attach(self: Rc<Self>, params: api::AttachParams, _: api::AttachResults) -> Result<()> {
        let attach = params.get()?;
        let init = attach.get_init()?;
        let mut ask_above = 100;
        for setting in init.get_settings()? {
            if setting.get_name()? == "askAbove" {
                let value = setting.get_value()?.to_str()?.parse();
                ask_above = value.map_err(|_| fault("invalidInput", "askAbove must be a number."))?;
            }
        }
        let folder = init.get_cwd()?.to_str()?.into();
        *self.session.borrow_mut() = Some(Session { host: attach.get_host()?, folder, ask_above });
        Ok(())
    }

    async fn describe(self: Rc<Self>, params: api::DescribeParams, mut results: api::DescribeResults) -> Result<()> {
        self.session()?;
        let theirs = params.get()?.get_protocol_version();
        if theirs != PROTOCOL_VERSION {
            let what = format!("This extension speaks version {PROTOCOL_VERSION} of the contract, not {theirs}.");
            return Err(fault("protocolMismatch", &what));
        }
        manifest::write(results.get());
        Ok(())
    }

    async fn handle_event(
        self: Rc<Self>,
        params: api::HandleEventParams,
        mut results: api::HandleEventResults,
    ) -> Result<()> {
        let session = self.session()?;
        // An arm of a newer contract can't be read, and wasn't subscribed to.
        let Ok(pi_event::ToolCall(call)) = params.get()?.which() else {
            return Ok(());
        };
        gate::judge(call?, &session.host, results.get()).await
    }

    async fn execute_tool(
        self: Rc<Self>,
        params: api::ExecuteToolParams,
        mut results: api::ExecuteToolResults,
    ) -> Result<()> {
        let session = self.session()?;
        let request = params.get()?;
        let name = request.get_tool_name()?.to_str()?;
        if name != "count_words" {
            return Err(fault("notFound", &format!("This extension has no tool {name}.")));
        }
        let input = counting::parse(request.get_input_json()?.to_str()?)?;
        let call_id = request.get_call_id()?.to_str()?;
        let (stop, stopped) = oneshot::channel();
        self.running.borrow_mut().insert(call_id.into(), stop);
        // When the harness no longer waits, capnp-rpc drops this future, which ends the work too.
        let _running = Running { bridge: self.clone(), call_id: call_id.into() };
        counting::count(call_id, input, &session, stopped).await?.write(results.get());
        Ok(())
    }

    async fn cancel(self: Rc<Self>, params: api::CancelParams, _: api::CancelResults) -> Result<()> {
        let cancel = params.get()?;
        let running = self.running.borrow_mut().remove(cancel.get_call_id()?.to_str()?);
        if let Some(stop) = running {
            // It may have ended in the meantime.
            let _ = stop.send(cancel.get_reason()?.to_string()?);
        }
        Ok(())
    }

    async fn shutdown(self: Rc<Self>, _: api::ShutdownParams, _: api::ShutdownResults) -> Result<()> {
        *self.session.borrow_mut() = None;
        Ok(())
    }
}

/// A running call; dropping this forgets it, however it ends.
struct Running {
    bridge: Rc<Bridge>,
    call_id: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.bridge.running.borrow_mut().remove(&self.call_id);
    }
}
