package dev.tokenlife.azure;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A TCP proxy before the emulator that breaks connections at chosen places. */
final class FaultProxy implements AutoCloseable {
  /** What becomes of a connection's next exchange. */
  enum Mode {
    PASS,
    RESET_ON_ACCEPT,
    /** The request is read and thrown away, the connection reset. */
    RESET_BEFORE_SEND,
    /** The request is read and nothing ever comes back. */
    BLACKHOLE,
    /** The service does as asked; half of its answer comes through. */
    HALF_RESPONSE,
    /** The service does as asked; the connection is reset before the answer. */
    RESET_AFTER_SERVER,
    /** Answers come 300 ms late. */
    SLOW
  }

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger left = new AtomicInteger();
  private volatile Mode mode = Mode.PASS;

  FaultProxy(int target) {
    this.target = target;
    try {
      server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** Breaks the next exchanges, on new connections: the old ones are closed. */
  void breakNext(Mode how, int times) {
    open.forEach(FaultProxy::quietClose);
    left.set(times);
    mode = how;
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(FaultProxy::quietClose);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        open.add(client);
        daemon(() -> serve(client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private Mode take() {
    return mode != Mode.PASS && left.getAndUpdate(n -> Math.max(0, n - 1)) > 0 ? mode : Mode.PASS;
  }

  private void serve(Socket client) {
    Mode now = take();
    try (client;
        Socket upstream = new Socket(InetAddress.getLoopbackAddress(), target)) {
      open.add(upstream);
      switch (now) {
        case RESET_ON_ACCEPT -> reset(client);
        case RESET_BEFORE_SEND -> {
          readSome(client);
          reset(client);
        }
        case BLACKHOLE -> {
          readSome(client);
          client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
        default -> exchange(client, upstream, now);
      }
    } catch (IOException e) {
      // One end is gone: so is the other.
    } finally {
      open.remove(client);
    }
  }

  private static void exchange(Socket client, Socket upstream, Mode mode) throws IOException {
    daemon(() -> pump(client, upstream));
    InputStream answers = upstream.getInputStream();
    OutputStream out = client.getOutputStream();
    byte[] buffer = new byte[64 * 1024];
    for (int n = answers.read(buffer); n >= 0; n = answers.read(buffer)) {
      if (mode == Mode.RESET_AFTER_SERVER) {
        reset(client);
        return;
      }
      if (mode == Mode.HALF_RESPONSE) {
        out.write(buffer, 0, n / 2);
        out.flush();
        reset(client);
        return;
      }
      if (mode == Mode.SLOW) {
        delay(300);
      }
      out.write(buffer, 0, n);
      out.flush();
    }
  }

  private static void pump(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      quietClose(to);
    }
  }

  private static void readSome(Socket client) throws IOException {
    byte[] request = new byte[64 * 1024];
    if (client.getInputStream().read(request) < 0) {
      throw new IOException("closed before a request");
    }
  }

  private static void reset(Socket socket) throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Waits; a proxy's delay is what is tested. */
  private static void delay(long millis) {
    try {
      boolean opened = new CountDownLatch(1).await(millis, TimeUnit.MILLISECONDS);
      if (opened) {
        throw new IllegalStateException("nobody opens this latch");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "fault-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void quietClose(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is closed then.
    }
  }
}
