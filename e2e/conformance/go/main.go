// SPDX-License-Identifier: MIT

// A client of the terminal's local API on Debian's grpc-go, without generated code: it reflects, builds messages from
// what it was told, and reads a status and a history the way exporters in Go do.
//
//	node e2e/conformance/go/run.ts 192.168.100.1:9200
package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"time"

	"google.golang.org/grpc"
	reflection "google.golang.org/grpc/reflection/grpc_reflection_v1alpha"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protodesc"
	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/reflect/protoregistry"
	"google.golang.org/protobuf/types/descriptorpb"
	"google.golang.org/protobuf/types/dynamicpb"
)

const (
	service = "SpaceX.API.Device.Device"
	handle  = "/" + service + "/Handle"
	samples = 900
)

// What exporters allow for each.
const (
	statusWithin  = time.Second
	historyWithin = 5 * time.Second
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "say host:port of a terminal's gRPC")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Println("FAIL ", err)
		os.Exit(1)
	}
}

func run(address string) error {
	opening, cancel := context.WithTimeout(context.Background(), historyWithin)
	defer cancel()
	connection, err := grpc.DialContext(opening, address, grpc.WithInsecure(), grpc.WithBlock())
	if err != nil {
		return fmt.Errorf("%s: %w", address, err)
	}
	defer connection.Close()
	files, err := reflect(opening, connection)
	if err != nil {
		return fmt.Errorf("reflection: %w", err)
	}
	fmt.Printf("ok    reflection: %d files\n", files.NumFiles())
	device := terminal{connection, files}
	if err := device.checkStatus(); err != nil {
		return fmt.Errorf("get_status: %w", err)
	}
	if err := device.checkHistory(); err != nil {
		return fmt.Errorf("get_history: %w", err)
	}
	return nil
}

// reflect asks for every service that is listed, and links what comes back.
func reflect(ctx context.Context, connection *grpc.ClientConn) (*protoregistry.Files, error) {
	stream, err := reflection.NewServerReflectionClient(connection).ServerReflectionInfo(ctx)
	if err != nil {
		return nil, err
	}
	defer stream.CloseSend()
	ask := func(request *reflection.ServerReflectionRequest) (*reflection.ServerReflectionResponse, error) {
		if err := stream.Send(request); err != nil {
			return nil, err
		}
		response, err := stream.Recv()
		if err != nil {
			return nil, err
		}
		if refused := response.GetErrorResponse(); refused != nil {
			return nil, fmt.Errorf("%d %s", refused.ErrorCode, refused.ErrorMessage)
		}
		return response, nil
	}
	listed, err := ask(&reflection.ServerReflectionRequest{
		MessageRequest: &reflection.ServerReflectionRequest_ListServices{},
	})
	if err != nil {
		return nil, err
	}
	set := &descriptorpb.FileDescriptorSet{}
	taken := map[string]bool{}
	for _, listing := range listed.GetListServicesResponse().Service {
		found, err := ask(&reflection.ServerReflectionRequest{
			MessageRequest: &reflection.ServerReflectionRequest_FileContainingSymbol{FileContainingSymbol: listing.Name},
		})
		if err != nil {
			return nil, fmt.Errorf("%s: %w", listing.Name, err)
		}
		for _, raw := range found.GetFileDescriptorResponse().FileDescriptorProto {
			file := &descriptorpb.FileDescriptorProto{}
			if err := proto.Unmarshal(raw, file); err != nil {
				return nil, err
			}
			if !taken[file.GetName()] {
				taken[file.GetName()] = true
				set.File = append(set.File, file)
			}
		}
	}
	return protodesc.NewFiles(set)
}

type terminal struct {
	connection *grpc.ClientConn
	files      *protoregistry.Files
}

func (t terminal) newMessage(name protoreflect.FullName) (*dynamicpb.Message, error) {
	found, err := t.files.FindDescriptorByName(name)
	if err != nil {
		return nil, err
	}
	described, ok := found.(protoreflect.MessageDescriptor)
	if !ok {
		return nil, fmt.Errorf("%s is no message", name)
	}
	return dynamicpb.NewMessage(described), nil
}

// ask sends a request with an empty body, and gives the member of the response that answers it.
func (t terminal) ask(request, answer protoreflect.Name, within time.Duration) (protoreflect.Message, error) {
	asked, err := t.newMessage("SpaceX.API.Device.Request")
	if err != nil {
		return nil, err
	}
	answered, err := t.newMessage("SpaceX.API.Device.Response")
	if err != nil {
		return nil, err
	}
	asked.Mutable(asked.Descriptor().Fields().ByName(request))
	ctx, cancel := context.WithTimeout(context.Background(), within)
	defer cancel()
	if err := t.connection.Invoke(ctx, handle, asked, answered); err != nil {
		return nil, err
	}
	member := answered.Descriptor().Fields().ByName(answer)
	if !answered.Has(member) {
		return nil, fmt.Errorf("it was not answered with %s", answer)
	}
	return answered.Get(member).Message(), nil
}

func (t terminal) checkStatus() error {
	status, err := t.ask("get_status", "dish_get_status", statusWithin)
	if err != nil {
		return err
	}
	// Exporters take these messages for granted, and end where one is absent.
	for _, name := range []protoreflect.Name{"device_info", "device_state", "alerts", "obstruction_stats", "ned2dish_quaternion"} {
		if !status.Has(field(status, name)) {
			return fmt.Errorf("%s is absent", name)
		}
	}
	attitude := status.Get(field(status, "ned2dish_quaternion")).Message()
	square := 0.0
	for _, name := range []protoreflect.Name{"q_scalar", "q_x", "q_y", "q_z"} {
		square += math.Pow(attitude.Get(field(attitude, name)).Float(), 2)
	}
	if math.Abs(square-1) > 1e-3 {
		return fmt.Errorf("the quaternion's length is %f", math.Sqrt(square))
	}
	state := "CONNECTED"
	if status.Has(field(status, "outage")) {
		outage := status.Get(field(status, "outage")).Message()
		cause := field(outage, "cause")
		state = string(cause.Enum().Values().ByNumber(outage.Get(cause).Enum()).Name())
	}
	info := status.Get(field(status, "device_info")).Message()
	code := field(status, "disablement_code")
	fmt.Printf("ok    get_status: %s, %s, %s, software %s, %.1f ms\n",
		info.Get(field(info, "id")), state,
		code.Enum().Values().ByNumber(status.Get(code).Enum()).Name(),
		info.Get(field(info, "software_version")),
		status.Get(field(status, "pop_ping_latency_ms")).Float())
	return nil
}

func (t terminal) checkHistory() error {
	history, err := t.ask("get_history", "dish_get_history", historyWithin)
	if err != nil {
		return err
	}
	current := history.Get(field(history, "current")).Uint()
	// Unsigned, as exporters compute it: before the first sample it wraps around.
	newest := int((current - 1) % samples)
	for _, name := range []protoreflect.Name{
		"pop_ping_drop_rate", "pop_ping_latency_ms", "downlink_throughput_bps", "uplink_throughput_bps", "power_in",
	} {
		if ring := history.Get(field(history, name)).List(); ring.Len() != samples {
			return fmt.Errorf("%s has %d samples", name, ring.Len())
		}
	}
	power := history.Get(field(history, "power_in")).List().Get(newest).Float()
	if current > 0 && power <= 0 {
		return errors.New("the newest second took no power")
	}
	fmt.Printf("ok    get_history: %d seconds since it started, %.1f W in the newest\n", current, power)
	return nil
}

func field(message protoreflect.Message, name protoreflect.Name) protoreflect.FieldDescriptor {
	return message.Descriptor().Fields().ByName(name)
}
