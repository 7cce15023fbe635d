package fr.passnumerique.ui.frame;

import jakarta.servlet.http.HttpServletResponse;

/** The camera, which pages that read the codes of cheques may use, and no other page. */
public final class Camera {
  /** As every page's, but for the camera. */
  private static final String ALLOWED =
      "camera=(self), geolocation=(), microphone=(), payment=(), usb=()";

  private Camera() {}

  public static void allow(HttpServletResponse response) {
    response.setHeader("Permissions-Policy", ALLOWED);
  }
}
