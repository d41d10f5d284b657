// Before the page reacts: the last press of a button waits and is done as soon as it can be, what is typed stays.
// Links and forms that post themselves work without this.
(() => {
  const root = document.documentElement;
  const typed = new Map();
  let waiting = null;
  const target = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);
  const press = (event) => {
    const button = target(event, 'button, [role="switch"], [role="tab"]');
    if (!button || button.closest('form[action][method="post"]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting?.removeAttribute('aria-busy');
    waiting = button;
    button.setAttribute('aria-busy', 'true');
  };
  const send = (event) => {
    const form = target(event, 'form');
    if (form?.matches('[action][method="post"]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = form?.querySelector('[type="submit"]') ?? waiting;
  };
  const note = (event) => {
    const field = target(event, 'input, textarea, select');
    if (field) typed.set(field, field.type === 'checkbox' || field.type === 'radio' ? field.checked : field.value);
  };
  const react = () => {
    if (!root.hasAttribute('data-hydrated')) return;
    watch.disconnect();
    removeEventListener('click', press, true);
    removeEventListener('submit', send, true);
    removeEventListener('input', note, true);
    for (const [field, value] of typed) {
      if (!field.isConnected) continue;
      if (typeof value === 'boolean') field.checked = value;
      else field.value = value;
      field.dispatchEvent(new Event('input', { bubbles: true }));
      field.dispatchEvent(new Event('change', { bubbles: true }));
    }
    const button = waiting;
    if (!button) return;
    button.removeAttribute('aria-busy');
    // Once what was typed has arrived where the button reads it.
    requestAnimationFrame(() => {
      if (button.isConnected) button.click();
    });
  };
  const watch = new MutationObserver(react);
  watch.observe(root, { attributes: true, attributeFilter: ['data-hydrated'] });
  addEventListener('click', press, true);
  addEventListener('submit', send, true);
  addEventListener('input', note, true);
})();
