/*
 * Reads the QR codes of cheques with the camera, where the browser can. A page is complete without this: what it adds
 * stays hidden until it can be used, and what it reads is typed into the field that a person would type it into.
 */
(() => {
  "use strict";

  const PAUSE_MILLIS = 200;
  const SERIAL_LETTERS = 9;

  const scan = document.querySelector("[data-scan]");
  if (!scan || !("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) {
    return;
  }
  const field = document.getElementById(scan.dataset.scan);
  const button = scan.querySelector("button");
  const video = scan.querySelector("video");
  const told = scan.querySelector("[role=status]");
  const labels = { start: button.textContent.trim(), stop: button.dataset.stop };
  let stream = null;

  /** Without its last letters, which are a secret that nobody need read over a shoulder. */
  const serial = (code) => code.replace(/[^0-9A-Za-z]/g, "").slice(0, SERIAL_LETTERS);

  const take = (code) => {
    if (field.tagName !== "TEXTAREA") {
      field.value = code;
      told.textContent = `Chèque ${serial(code)} lu.`;
      stop();
      field.focus();
      return;
    }
    const lines = field.value.split("\n").map((line) => line.trim());
    if (lines.some((line) => serial(line) === serial(code))) {
      return;
    }
    field.value = [...lines.filter((line) => line !== ""), code, ""].join("\n");
    told.textContent = `Chèque ${serial(code)} lu, ${field.value.split("\n").length - 1} dans le bordereau.`;
  };

  const stop = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
    video.hidden = true;
    button.textContent = labels.start;
    button.setAttribute("aria-pressed", "false");
  };

  const look = async (detector) => {
    if (!stream) {
      return;
    }
    try {
      for (const found of await detector.detect(video)) {
        if (stream && found.rawValue) {
          take(found.rawValue.trim());
        }
      }
    } catch {
      // A frame that is not there yet: the next one is.
    }
    setTimeout(() => look(detector), PAUSE_MILLIS);
  };

  const start = async () => {
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch {
      told.textContent = "La caméra n’est pas disponible : autorisez-la dans le navigateur, ou saisissez le code.";
      return;
    }
    video.srcObject = stream;
    video.hidden = false;
    button.textContent = labels.stop;
    button.setAttribute("aria-pressed", "true");
    told.textContent = "Présentez le QR d’un chèque devant la caméra.";
    await video.play();
    look(new BarcodeDetector({ formats: ["qr_code"] }));
  };

  BarcodeDetector.getSupportedFormats().then((formats) => {
    if (formats.includes("qr_code")) {
      button.addEventListener("click", () => (stream ? stop() : start()));
      scan.hidden = false;
    }
  });
})();
