package io.github.proxmoxdiscovery.faults.crash;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets those who come pass but for one, who stands there until it is released: then the program is in the middle. */
final class Hold {

    private final int number;
    private final AtomicInteger came = new AtomicInteger();
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    /** @param number of the one who is held, from 1 on */
    Hold(int number) {
        this.number = number;
    }

    void pass() {
        if (came.incrementAndGet() != number) {
            return;
        }
        reached.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isReached() {
        return reached.getCount() == 0;
    }

    void release() {
        released.countDown();
    }
}
