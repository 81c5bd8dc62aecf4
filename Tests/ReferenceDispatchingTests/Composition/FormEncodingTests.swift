import Notation
import ReferenceDispatching
import Testing

@Suite struct `Form encoding` {
    @Test func `nests names in brackets and escapes them`() throws {
        let envelope = try json(#"{"data":{"webHookEvent":{"topic":"CLIENT_CREATE","accountId":"MQ=="}}}"#)
        #expect(
            FormEncoding.text(of: envelope)
                == "data%5BwebHookEvent%5D%5Btopic%5D=CLIENT_CREATE&data%5BwebHookEvent%5D%5BaccountId%5D=MQ%3D%3D"
        )
    }

    @Test func `keeps numbers as they were written`() throws {
        #expect(
            FormEncoding.text(of: try json(#"{"a":12.50,"b":9007199254740993,"c":true}"#))
                == "a=12.50&b=9007199254740993&c=true"
        )
    }

    @Test func `escapes as a browser does`() throws {
        #expect(FormEncoding.text(of: try json(#"{"a":"x y+z*é~"}"#)) == "a=x+y%2Bz*%C3%A9%7E")
    }

    @Test func `is read back as texts, without what it cannot say`() throws {
        let envelope = try json(
            #"{"a":12.50,"b":false,"c":null,"d":[],"e":{"f":{},"g":[1,[],{"h":true}]},"i":"é","j":{"k":[{}]}}"#
        )
        #expect(
            FormEncoding.readBack(envelope).compact()
                == #"{"a":"12.50","b":"false","c":"","e":{"g":["1",{"h":"true"}]},"i":"é"}"#
        )
        #expect(FormEncoding.readBack(.object([])) == .object([]))
    }

    @Test func `writes lists, nulls and empty texts`() throws {
        #expect(
            FormEncoding.text(of: try json(#"{"a":[1,{"b":"c"}],"d":null,"e":""}"#))
                == "a%5B%5D=1&a%5B%5D%5Bb%5D=c&d=&e="
        )
    }
}
