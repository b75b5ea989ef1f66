// The live feed. Events carry whole states, so after a lost connection the page continues with what comes.

/** Watches; calls on.model(summary), on.deleted(name), on.told(names) when all models have been, on.status(status), on.lost(sinceMillis), on.restarted(). */
export function watch(on) {
  let source = null;
  let boot = null;
  let lostSince = 0;

  function open() {
    source?.close();
    source = new EventSource('/api/live');
    source.addEventListener('status', event => {
      const status = JSON.parse(event.data);
      lostSince = 0;
      if (boot && boot !== status.boot) on.restarted();
      boot = status.boot;
      on.status(status);
    });
    // a connection, also one that the browser makes again by itself, begins with all models that there are
    let names = new Set();
    source.onopen = () => { names = new Set(); };
    source.addEventListener('model', event => {
      const summary = JSON.parse(event.data);
      names.add(summary.name);
      on.model(summary);
    });
    source.addEventListener('deleted', event => {
      const { name } = JSON.parse(event.data);
      names.delete(name);
      on.deleted(name);
    });
    source.addEventListener('told', () => on.told(names));
    source.onerror = () => {
      lostSince ||= Date.now();
      on.lost(lostSince);
      // where the browser has given up (an error page came, say) it does not try again by itself
      if (source.readyState === EventSource.CLOSED) setTimeout(() => { if (!document.hidden) open(); }, 1500);
    };
  }

  // a hidden page needs no feed and would hold one of the browser's few connections
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
      source?.close();
      source = null;
    } else if (!source) {
      open();
    }
  });
  window.addEventListener('pagehide', () => source?.close());
  open();
}
