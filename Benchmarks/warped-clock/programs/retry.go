// Delivers one event with net/http and time.Sleep: 30 s limit, retries after 5 and 10 minutes.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

var client = &http.Client{Timeout: 30 * time.Second}

func attempt(url string) string {
	answer, err := client.Post(url, "application/json", strings.NewReader(`{"id":"evt_1"}`))
	if err != nil {
		return err.Error()
	}
	defer answer.Body.Close()
	io.Copy(io.Discard, answer.Body)
	return fmt.Sprint(answer.StatusCode)
}

func main() {
	url := os.Getenv("HOOK_URL")
	pauses := []time.Duration{5 * time.Minute, 10 * time.Minute}
	for failures := 0; ; failures++ {
		started := time.Now()
		outcome := attempt(url)
		fmt.Printf("%s after %.3f s\n", outcome, time.Since(started).Seconds())
		if outcome == "200" || failures == len(pauses) {
			return
		}
		time.Sleep(pauses[failures])
	}
}
