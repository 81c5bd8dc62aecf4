import HookassayCommands

@main
struct Hookassay {
    static func main() async {
        await HookassayCommand.start()
    }
}
