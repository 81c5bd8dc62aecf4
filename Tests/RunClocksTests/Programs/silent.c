// Waits for ever, without a deadline: nothing will ever happen.
#include <unistd.h>

int main(void) {
    for (;;) pause();
}
