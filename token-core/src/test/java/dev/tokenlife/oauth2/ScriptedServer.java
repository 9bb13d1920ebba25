package dev.tokenlife.oauth2;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A server of bytes on 127.0.0.1 that answers as it is told, wrongly too. */
final class ScriptedServer implements AutoCloseable {
  /** Answers one request on its connection. */
  @FunctionalInterface
  interface Script {
    void answer(Request request, Connection connection) throws Exception;
  }

  /** What a client sent. */
  record Request(String line, Map<String, String> headers, String body) {
    /** The fields of a form. */
    Map<String, String> form() {
      Map<String, String> fields = new TreeMap<>();
      for (String pair : body.split("&", -1)) {
        int at = pair.indexOf('=');
        fields.put(decode(pair.substring(0, at)), decode(pair.substring(at + 1)));
      }
      return fields;
    }

    private static String decode(String text) {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
  }

  /** The way back to the client. */
  record Connection(Socket socket, CountDownLatch released) {
    void raw(String text) throws IOException {
      raw(text.getBytes(StandardCharsets.UTF_8));
    }

    void raw(byte[] bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    }

    void json(int status, String body) throws IOException {
      answer(status, "Content-Type: application/json\r\n", body);
    }

    /** A whole answer; each header ends with CRLF. */
    void answer(int status, String headers, String body) throws IOException {
      int length = body.getBytes(StandardCharsets.UTF_8).length;
      raw(
          "HTTP/1.1 "
              + status
              + " X\r\n"
              + headers
              + "Content-Length: "
              + length
              + "\r\n\r\n"
              + body);
    }

    void close() throws IOException {
      socket.close();
    }

    /** Keeps the client waiting until the test or the server ends. */
    void hang() throws InterruptedException {
      released.await();
    }

    /** Blocks until the client has closed its side. */
    void awaitClientGone() throws IOException {
      try {
        socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      } catch (java.net.SocketException reset) {
        return;
      }
    }
  }

  final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ServerSocket listener;
  private final Script script;
  private final CountDownLatch released = new CountDownLatch(1);
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();

  private ScriptedServer(Script script) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    start(this::accept);
  }

  static ScriptedServer answering(Script script) {
    try {
      return new ScriptedServer(script);
    } catch (IOException noPort) {
      throw new UncheckedIOException(noPort);
    }
  }

  /** Answers everything with this. */
  static ScriptedServer answering(int status, String json) {
    return answering((request, connection) -> connection.json(status, json));
  }

  URI uri() {
    return uri("/token");
  }

  URI uri(String path) {
    return URI.create("http://127.0.0.1:" + listener.getLocalPort() + path);
  }

  /** How many connections there were. */
  int connections() {
    return sockets.size();
  }

  /** The only request so far. */
  Request request() {
    if (requests.size() != 1) {
      throw new AssertionError("expected one request, got " + requests.size());
    }
    return requests.get(0);
  }

  @Override
  public void close() throws IOException {
    released.countDown();
    listener.close();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        sockets.add(socket);
        start(() -> serve(socket));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (String line = line(in); !line.isEmpty(); line = line(in)) {
        Request request = read(line, in);
        requests.add(request);
        script.answer(request, new Connection(socket, released));
      }
    } catch (Exception clientOrTestIsGone) {
      return;
    }
  }

  private static Request read(String line, InputStream in) throws IOException {
    Map<String, String> headers = new TreeMap<>();
    for (String header = line(in); !header.isEmpty(); header = line(in)) {
      int colon = header.indexOf(':');
      headers.put(
          header.substring(0, colon).toLowerCase(Locale.ROOT), header.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Request(line, headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private static void start(Runnable work) {
    Thread thread = new Thread(work, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** Waits for a latch as a test does: a while, then it fails. */
  static void await(CountDownLatch latch) throws InterruptedException {
    if (!latch.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("did not happen within 10 s");
    }
  }
}
