package fr.passnumerique.ui.print;

import static org.assertj.core.api.Assertions.assertThat;

import fr.passnumerique.ui.LoggedIn;
import fr.passnumerique.ui.demo.RunningDemo;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the demo's people ask to have printed. With {@code -Dpapers=<folder>} the documents are left
 * there, to be looked at.
 */
record Papers(RunningDemo demo) {

  /**
   * @param name that the file must have, without its suffix
   */
  ReadPdf pdf(String path, String login, String name) throws Exception {
    HttpResponse<byte[]> answer = demo.send(path, login);
    assertThat(answer.statusCode()).as("%s: %s", path, RunningDemo.body(answer)).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/pdf");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    assertThat(answer.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"%s.pdf\"".formatted(name));
    return ReadPdf.of(answer.body(), name);
  }

  String code(String path, String login) throws Exception {
    return JsonMapper.shared().readTree(demo.send(path, login).body()).path("code").asString();
  }

  int status(String path, @Nullable String login) throws Exception {
    return demo.send(path, login).statusCode();
  }

  String text(String path, String login) throws Exception {
    HttpResponse<byte[]> answer = demo.send(path, login);
    assertThat(answer.statusCode()).as("%s: %s", path, RunningDemo.body(answer)).isEqualTo(200);
    return RunningDemo.body(answer);
  }

  String page(String path, String login) throws Exception {
    return LoggedIn.as(login, demo.password(login), demo.base()).page(200, path);
  }
}
