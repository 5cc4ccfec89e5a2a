// A button that copies a text. Over plain http, as in an office's network, browsers hide `navigator.clipboard`:
// there a text field is filled, selected and copied the old way.
export default function ({ parentElement, data }) {
  const button = parentElement.querySelector("button");
  const said = parentElement.querySelector("[role=status]");
  button.textContent = data.label;
  button.onclick = async () => {
    said.textContent = (await copied(data.text)) ? data.done : data.failed;
  };
}

async function copied(text) {
  if (navigator.clipboard) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // The person or the browser refused; the old way may still be allowed.
    }
  }
  const field = document.createElement("textarea");
  field.value = text;
  document.body.append(field);
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
