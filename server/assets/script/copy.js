// A button beside each address that copies it. Without script the address can still be selected.

/** Copies the field's value; where the browser has no clipboard, selects it so that the person can. Gives whether it was copied. */
export async function copy(field, clipboard = navigator.clipboard) {
  field.select();
  try {
    await clipboard.writeText(field.value);
    return true;
  } catch {
    return false;
  }
}

/** Puts a button behind every field that wants one; `said` tells who hears the page. */
export function offer(fields, said, clipboard) {
  for (const field of fields) {
    const button = field.ownerDocument.createElement("button");
    button.type = "button";
    button.className = "desk-small";
    button.textContent = field.dataset.copy;
    button.addEventListener("click", async () => {
      if (!(await copy(field, clipboard))) return;
      button.textContent = field.dataset.copied;
      said.textContent = `${field.dataset.copied}: ${field.value}`;
      setTimeout(() => (button.textContent = field.dataset.copy), 3000);
    });
    field.after(button);
  }
}
