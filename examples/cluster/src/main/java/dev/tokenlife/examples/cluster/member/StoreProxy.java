package dev.tokenlife.examples.cluster.member;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The network between one node and the store. Cut, it swallows everything: connections stay open
 * and new ones are accepted, but no byte arrives, in neither direction. Mended, the old connections
 * are gone.
 */
final class StoreProxy implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StoreProxy.class);

  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;

  StoreProxy(int target) throws IOException {
    this.target = target;
    server = new ServerSocket(0, 128, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  void cut() {
    cut = true;
  }

  void mend() {
    open.forEach(StoreProxy::quietClose);
    cut = false;
  }

  @Override
  public void close() throws IOException {
    server.close();
    open.forEach(StoreProxy::quietClose);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        Socket store = new Socket(InetAddress.getLoopbackAddress(), target);
        client.setTcpNoDelay(true);
        store.setTcpNoDelay(true);
        open.add(client);
        open.add(store);
        daemon(() -> pump(client, store));
        daemon(() -> pump(store, client));
      } catch (IOException refused) {
        if (!server.isClosed()) {
          log.warn("A connection to the store failed", refused);
        }
      }
    }
  }

  private void pump(Socket from, Socket to) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[16 * 1024];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        if (!cut) {
          out.write(buffer, 0, n);
        }
      }
    } catch (IOException gone) {
      log.debug("One end is gone, so is the other", gone);
    } finally {
      open.remove(from);
      open.remove(to);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "store-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private static void quietClose(Socket socket) {
    try {
      socket.close();
    } catch (IOException closed) {
      log.debug("Closed already", closed);
    }
  }
}
